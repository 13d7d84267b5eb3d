"""A list of articles that a person looks at often: the query of the list's address under a name."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.fields import LineField


class SavedFilter(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_filters")
    name = LineField(_("name"), max_length=60)
    query = models.CharField(max_length=1000)  # "state=draft&section=kinh-te", without "?"
    is_shared = models.BooleanField(_("for the whole desk"), default=False)

    class Meta:
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "name"], name="saved_filter_once",
                violation_error_message=_("You have a filter of this name already."),
            )
        ]  # fmt: skip

    def __str__(self):
        return self.name
