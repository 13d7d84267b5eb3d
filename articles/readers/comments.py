"""Comments of readers on their way in: who may write where, what is taken, what is taken for spam.

A sender is a keyed hash of the address, for the limits and for finding a flood; after KEEP_SENDERS days it is blanked.
"""

import re
from datetime import timedelta

from django.core import signing
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from articles.models import Comment

LIMITS = [(timedelta(minutes=10), 3), (timedelta(days=1), 20)]  # comments of one address
MOST_LINKS = 2  # more is spam
FASTEST, OLDEST = 3, 24 * 3600  # seconds from opening the form to sending it
KEEP_SENDERS = 30  # days

_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
_signer = signing.Signer(salt="articles.readers.comments")


class TooMany(ValidationError):
    """The address has sent enough for now."""


def may_comment(article):
    """Whether readers may write below an article, once it is public. What was shown before stays where it is."""
    return bool(article.category and article.category.has_comments) and not article.comments_closed


# The form's token: when the form was opened, and for which article; it takes the place of a cookie


def token(article, at=None):
    return _signer.sign(f"{article.pk}.{int((at or timezone.now()).timestamp())}")


def token_age(text, article, at=None):
    """Seconds since `token` made it for this article; None where it did not."""
    try:
        pk, opened = _signer.unsign(text).split(".")
    except (signing.BadSignature, ValueError):
        return None
    return int((at or timezone.now()).timestamp()) - int(opened) if pk == str(article.pk) else None


def renewed(text, article, at=None):
    """The token for a refused form: the one it came with while that is good, so that nobody waits twice."""
    age = token_age(text, article, at)
    return token(article, at) if age is None or age > OLDEST else text


def check_token(text, article, at=None):
    """Raise ValidationError for a form that was never opened, was sent by a program, or has been lying about."""
    age = token_age(text, article, at)
    if age is None or age > OLDEST:
        raise ValidationError(_("This form is too old: please send it again."))
    if age < FASTEST:
        raise ValidationError(_("That was very fast: please wait a moment and send it again."))


# Sending


def sender_of(address):
    return salted_hmac("articles.readers.sender", address, algorithm="sha256").hexdigest()


def send(article, name, text, sender, at=None):
    """Store a comment for the desk to read. Raises TooMany, or ValidationError for what was sent before."""
    at = at or timezone.now()
    for period, most in LIMITS:
        if Comment.objects.filter(sender=sender, created_at__gt=at - period).count() >= most:
            raise TooMany(_("Too many comments from your network: please try again later."))
    if article.comments.filter(text=text).exists():
        raise ValidationError(_("This comment has arrived already."))
    is_spam = len(_LINK.findall(f"{name} {text}")) > MOST_LINKS
    first_state = Comment.State.SPAM if is_spam else Comment.State.WAITING
    return Comment.objects.create(article=article, name=name, text=text, sender=sender, state=first_state)


def forget_senders(at=None):
    """Blank the senders of old comments, as the law on personal data asks; how many."""
    limit = (at or timezone.now()) - timedelta(days=KEEP_SENDERS)
    return Comment.objects.filter(created_at__lt=limit).exclude(sender="").update(sender="")
