"""Pages of the library by keyset: as fast behind a million photos as before them, and nothing is counted.

`?p=<number of a photo>` shows what stands behind it. The name is Django's own for the page, so its lists keep it out of
the addresses of their filters.
"""

from dataclasses import dataclass

from django.contrib.admin.views.main import PAGE_VAR, ChangeList

from articles.admin.search import is_pk
from articles.models import Photo

SIZE = 48


@dataclass(frozen=True)
class Page:
    photos: list
    older: int | None  # the `p` of the next page
    is_first: bool


def page_of(found, cursor, size=SIZE):
    """The Page of the photos behind the one of this number (text from an address); the first one where it is none."""
    last = Photo.objects.filter(pk=int(cursor)).values_list("created_at", "pk").first() if is_pk(cursor) else None
    if last:
        found = found.older_than(*last)
    shown = list(found.order_by("-created_at", "-pk")[: size + 1])
    return Page(shown[:size], shown[size - 1].pk if len(shown) > size else None, last is None)


class Library(ChangeList):
    def get_ordering(self, request, queryset):
        return ["-created_at", "-pk"]

    def get_results(self, request):
        self.page = page_of(self.queryset, request.GET.get(PAGE_VAR, ""))
        self.result_list = self.page.photos
        self.result_count = self.full_result_count = len(self.result_list)
        self.show_admin_actions = self.can_show_all = self.multi_page = False
        self.show_full_result_count = False

    @property
    def older(self):
        return self.get_query_string({PAGE_VAR: self.page.older}) if self.page.older else ""
