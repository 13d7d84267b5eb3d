"""What kinds of article there are, and where one stands on its route."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """The route of an article. "Returned" is a draft with `is_returned`, "scheduled" a published one ahead of now."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waiting for edit")
    EDITING = "editing", _("In edit")
    REVIEW = "review", _("Waiting for approval")
    APPROVED = "approved", _("Approved")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    TRASHED = "trashed", _("In the trash")  # a draft that was deleted; it can be had back for a while


# What readers never saw. The trash too, which is in nobody's lists (editorial/permissions.py).
IN_WORK = [State.DRAFT, State.SUBMITTED, State.EDITING, State.REVIEW, State.APPROVED, State.TRASHED]


class Genre(models.TextChoices):
    NEWS = "news", _("News item")
    FEATURE = "feature", _("Feature")
    REPORTAGE = "reportage", _("Reportage")
    INTERVIEW = "interview", _("Interview")
    COMMENTARY = "commentary", _("Commentary")
    EDITORIAL = "editorial", _("Editorial")
    MEMOIR = "memoir", _("Memoir")
    NOTES = "notes", _("Quick notes")
    INVESTIGATION = "investigation", _("Investigation")
    LIVE = "live", _("Live report")
    PHOTOS = "photos", _("Photo story")
    VIDEO = "video", _("Video")
    INFOGRAPHIC = "infographic", _("Infographic")
    EMAGAZINE = "emagazine", _("E-magazine")


class AIUse(models.TextChoices):
    UNDECLARED = "", _("Not declared yet")
    NONE = "none", _("No AI")
    ASSISTED = "assisted", _("AI was used")
    GENERATED = "generated", _("Made by AI")
