from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.search import CleanLookupsMixin
from articles.admin.trail import TrailMixin
from articles.models import Anniversary


@admin.register(Anniversary)
class AnniversaryAdmin(TrailMixin, CleanLookupsMixin, admin.ModelAdmin):
    """A hundred rows at most, so one page, in the order of the year."""

    list_display = ["name", "day_of_year", "since"]
    list_per_page = 400
    show_full_result_count = False
    fields = ["name", ("day", "month", "is_lunar"), "since"]
    actions = None

    @admin.display(description=gettext_lazy("day"), ordering=("month", "day"))
    def day_of_year(self, anniversary):
        line = f"{anniversary.day}/{anniversary.month}"
        return _("%(day)s lunar") % {"day": line} if anniversary.is_lunar else line
