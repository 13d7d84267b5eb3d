"""All signal receivers. Each is idempotent: run twice, it changes nothing the second time."""

from django.db import transaction

from .editorial import roles
from .models import RelatedLink


def tie_waiting_links(sender, instance, raw=False, **kwargs):
    """An article arrived, or a link to one was written: tie what waits. By signal, because both come by many doors."""
    if instance.title_key and not raw:
        transaction.on_commit(
            lambda: RelatedLink.objects.filter(title_key=instance.title_key).resolve_waiting(), robust=True
        )


def create_roles(sender, **kwargs):
    roles.create_missing(kwargs["using"])
