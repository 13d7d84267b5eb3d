"""Proofs: the form as it stands, kept for the minutes in which somebody looks at it as a page."""

from datetime import timedelta

from django.utils import timezone

from articles import vietnamese
from articles.models import Proof

KEPT = timedelta(minutes=10)
LONGEST_KEY = 40


def keep(user, key, document, article=None):
    """Keep a document as the person's proof under a key, and let go of what is out of date."""
    Proof.objects.filter(taken_at__lte=timezone.now() - KEPT).delete()
    Proof.objects.update_or_create(user=user, key=_clean(key), defaults={"document": document, "article": article})


def find(user, key, article=None):
    """The person's own document under a key, or None: nobody else's, of no other article, of no longer ago."""
    found = Proof.objects.filter(user=user, key=_clean(key), article=article)
    return found.filter(taken_at__gt=timezone.now() - KEPT).values_list("document", flat=True).first()


def _clean(key):
    return vietnamese.clean_line(key)[:LONGEST_KEY]
