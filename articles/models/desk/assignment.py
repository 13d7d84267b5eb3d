"""Planning: assignments (đề tài), and the days of the year that a newspaper must not miss."""

from calendar import monthrange

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles import days, vietnamese
from articles.fields import LineField, LinesField, MomentField


class AssignmentQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state=Assignment.State.OPEN)

    def overdue(self, at=None):
        """Open ones whose deadline is over without an article that was handed in."""
        return self.open().filter(deadline__lt=at or timezone.now()).filter(
            Q(article__isnull=True) | Q(article__state="draft")
        )  # fmt: skip


class Assignment(models.Model):
    class State(models.TextChoices):
        OPEN = "open", _("Open")
        DONE = "done", _("Done")
        DROPPED = "dropped", _("Dropped")

    title = LineField(_("assignment"), max_length=250)
    brief = LinesField(_("brief"), max_length=2000, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.OPEN)
    category = models.ForeignKey(
        "Category", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("section")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="assignments",
        verbose_name=_("reporter"),
    )  # fmt: skip
    photographer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("photographer"),
    )  # fmt: skip
    starts_at = MomentField(_("the event begins at"), null=True, blank=True)
    place = LineField(_("place"), max_length=250, blank=True)
    deadline = MomentField(_("deadline"))
    article = models.OneToOneField(
        "Article", models.SET_NULL, null=True, blank=True, related_name="assignment", verbose_name=_("article")
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+",
        verbose_name=_("created by"),
    )  # fmt: skip

    search_text = models.CharField(max_length=600, blank=True, editable=False)  # folded; derived on every save

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["deadline", "pk"]
        indexes = [
            models.Index(fields=["state", "deadline"], name="assignment_due"),
            models.Index(fields=["deadline"], name="assignment_deadline"),  # the calendar, whatever became of them
            models.Index(fields=["starts_at"], name="assignment_event"),
        ]

    def __str__(self):
        return self.title

    def save(self, **kwargs):
        self.search_text = vietnamese.key(f"{self.title} {self.place}")[:600]
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "search_text"}
        super().save(**kwargs)

    def clean(self):
        for name in ("starts_at", "deadline"):
            if (moment := getattr(self, name)) and not days.holds(moment):
                raise ValidationError({name: _("The time lies outside the years that the day archive holds.")})

    def is_overdue(self, at=None):
        """The row rule beside `overdue(at)`."""
        waits = self.article is None or self.article.state == "draft"
        return self.state == self.State.OPEN and waits and self.deadline < (at or timezone.now())


class Anniversary(models.Model):
    """A day of the year, by the solar or the lunar calendar; `since` tells which anniversary it is."""

    name = LineField(_("occasion"), max_length=200)
    day = models.PositiveSmallIntegerField(_("day"), validators=[MinValueValidator(1), MaxValueValidator(31)])
    month = models.PositiveSmallIntegerField(_("month"), validators=[MinValueValidator(1), MaxValueValidator(12)])
    is_lunar = models.BooleanField(_("by the lunar calendar"), default=False)
    since = models.PositiveSmallIntegerField(
        _("since the year"), null=True, blank=True, validators=[MaxValueValidator(days.LAST_YEAR)],
        help_text=_("The year of the event; the calendar then counts the anniversary."),
    )  # fmt: skip

    class Meta:
        verbose_name = _("anniversary")
        verbose_name_plural = _("anniversaries")
        ordering = ["month", "day", "name"]

    def __str__(self):
        return self.name

    def clean(self):
        longest = 30 if self.is_lunar else monthrange(2000, self.month)[1] if 1 <= (self.month or 0) <= 12 else 31
        if (self.day or 0) > longest:
            raise ValidationError({"day": _("This month has no such day.")})
