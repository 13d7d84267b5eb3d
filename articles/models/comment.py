"""Comments of readers. Nothing shows before somebody at the desk has read it; nothing tells who sent it.

`sender` is a keyed hash of the address, good for limits and for finding a flood, useless for anything else.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.fields import LineField, LinesField

from .article import Article

NAME_LENGTH, TEXT_LENGTH = 60, 2000


class CommentQuerySet(models.QuerySet):
    def shown(self):
        return self.filter(state=Comment.State.SHOWN)

    def waiting(self):
        return self.filter(state=Comment.State.WAITING)


class Comment(models.Model):
    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SHOWN = "shown", _("Shown")
        HIDDEN = "hidden", _("Hidden")
        SPAM = "spam", _("Spam")

    article = models.ForeignKey(Article, models.CASCADE, related_name="comments", verbose_name=_("article"))
    name = LineField(_("name shown"), max_length=NAME_LENGTH)
    text = LinesField(_("comment"), max_length=TEXT_LENGTH)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.WAITING)
    sender = models.CharField(max_length=64, editable=False, db_index=True)
    created_at = models.DateTimeField(_("sent at"), auto_now_add=True)
    moderated_at = models.DateTimeField(_("moderated at"), null=True, blank=True, editable=False)
    moderated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+",
        verbose_name=_("moderated by"),
    )  # fmt: skip

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "-created_at", "-id"], name="comment_queue"),
            models.Index(fields=["-created_at", "-id"], name="comment_newest"),  # of all states
        ]

    def __str__(self):
        return f"{self.name}: {self.text[:60]}"
