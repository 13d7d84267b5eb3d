"""What is owed after a change: a purge of the caches in front, a receipt, an entry of the search index."""

from django.db import models
from django.utils import timezone

STUCK_AFTER = 8  # attempts, about eight minutes: no hiccup any more


class EffectQuerySet(models.QuerySet):
    def waiting(self, at=None):
        """Those that are owed and that nobody is at."""
        is_free = models.Q(leased_until__isnull=True) | models.Q(leased_until__lte=at or timezone.now())
        return self.filter(is_free, done_at__isnull=True)

    def due(self, at=None):
        """Those of them whose time has come, the longest due first."""
        at = at or timezone.now()
        return self.waiting(at).filter(due_at__lte=at).order_by("due_at", "pk")

    def stuck(self):
        """What is owed still after many attempts; nothing is ever given up in silence."""
        return self.filter(done_at__isnull=True, attempts__gte=STUCK_AFTER).order_by("due_at", "pk")


class Effect(models.Model):
    """Written in the transaction of the change, so that it is owed whatever becomes of the process (kill -9, power);
    leased by whoever works on it, tried again until it is done. Doing one twice does no harm."""

    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=100)  # of one kind and key only the newest state matters
    payload = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=500, blank=True)
    done_at = models.DateTimeField(null=True)

    objects = EffectQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["due_at", "id"], name="effect_open", condition=models.Q(done_at__isnull=True)),
            models.Index(fields=["kind", "key"], name="effect_open_key", condition=models.Q(done_at__isnull=True)),
            models.Index(fields=["done_at"], name="effect_done", condition=models.Q(done_at__isnull=False)),
        ]

    def __str__(self):
        return f"{self.kind} {self.key}"
