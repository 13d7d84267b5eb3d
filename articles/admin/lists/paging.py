"""The list's pages: what is counted, and in which order.

An archive of a million articles is not counted for a heading: beyond LIMIT the list says "more than". What fits on one
page is counted by being fetched. Behind LIMIT articles the list goes on by keyset (`?behind=<moment>-<number>`): each
stretch of it begins where the one before ended, and costs the same however far back it is.

It is sorted by its clocks only: of a million articles each other order would have to be made anew for every page, and
what one sorts by state, section or writer for, the filters find.
"""

from datetime import UTC, datetime, timedelta

from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator
from django.utils.functional import cached_property
from django.utils.http import urlencode

from articles.admin.search import is_pk

from .filters import CLOCKS, PARAMETERS, BehindFilter, DayFilter

LIMIT = 1_000
SEARCH, ORDER = "q", "o"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class CappedPaginator(Paginator):
    """`is_first`: it is the first page that is asked for."""

    is_first = True

    @cached_property
    def head(self):
        """The first page and one more row."""
        return list(self.object_list[: self.per_page + 1])

    @cached_property
    def found(self):
        """How many there are, at most LIMIT + 1."""
        if self.is_first and len(self.head) <= self.per_page:
            return len(self.head)
        return self.object_list.order_by()[: LIMIT + 1].count()

    @property
    def count(self):
        return min(self.found, LIMIT)

    @property
    def is_cut(self):
        return self.found > LIMIT

    def page(self, number):
        number = self.validate_number(number)
        if number > 1:
            return super().page(number)
        return self._get_page(self.head[: self.per_page], number, self)


class ArticleChangeList(ChangeList):
    """Django's list with one form for all filters, an order that follows the chosen days, no count of all."""

    def get_queryset(self, request, exclude_parameters=None):
        # `get_filters` runs first in here, and Django takes an empty box for a filter in use.
        found = super().get_queryset(request, exclude_parameters)
        self.has_active_filters = any(spec.is_active for spec in self.filter_specs)
        self.clock = found.query.order_by[0]
        self.behind = request.GET.get(BehindFilter.parameter, "")
        return behind(found, self.clock, self.behind)

    def get_results(self, request):
        super().get_results(request)
        if not self.multi_page:
            self.result_list = self.paginator.head

    def get_ordering(self, request, queryset):
        """By one clock, whose index has the numbers in the same direction: then nothing is left to sort."""
        first, *_others = super().get_ordering(request, queryset)
        if first.lstrip("-") not in {column for column, _name in CLOCKS.values()}:
            first, *_others = self._get_default_ordering()
        return [first, "-pk" if first.startswith("-") else "pk"]

    @property
    def is_ascending(self):
        return not self.clock.startswith("-")

    @property
    def older(self):
        """The address of the next stretch, from the last page of this one; empty where the list ends here.

        Not by the time of publication where drafts are among them: they have none.
        """
        is_whole = self.clock.lstrip("-") != "published_at" or self.days.column == "published_at"
        if not (self.paginator.is_cut and is_whole and self.page_num == self.paginator.num_pages):
            return ""
        return self.address({BehindFilter.parameter: place_of(list(self.result_list)[-1], self.clock)})

    @property
    def days(self):
        return next(spec for spec in self.filter_specs if isinstance(spec, DayFilter))

    def _get_default_ordering(self):
        """By the clock whose days are asked for: the index that finds them then sorts them too."""
        return [f"-{self.days.column}", "-pk"] if self.days.column else super()._get_default_ordering()

    def get_ordering_field_columns(self):
        if ORDER not in self.params and self.days.column:
            return {self.list_display.index(f"{self.days.column}_shown"): "desc"} if self._shows_clock else {}
        return super().get_ordering_field_columns()

    @property
    def _shows_clock(self):
        return f"{self.days.column}_shown" in self.list_display

    # Addresses

    @cached_property
    def asked(self):
        """[(parameter, value)] of what the list is asked for, without empty boxes and without the page."""
        names = [*PARAMETERS, SEARCH, ORDER]  # and not how far back it is: what is asked anew begins at its beginning
        return [(name, one) for name in names for one in self.filter_params.get(name, []) if one.strip()]

    def address(self, new=None, without=()):
        """The list's query string with some parameters set anew and others left out."""
        new = new or {}
        kept = [(name, value) for name, value in self.asked if name not in new and name not in without]
        return "?" + urlencode([*kept, *new.items()])

    @property
    def query_string(self):
        return self.address()[1:]

    def in_use(self):
        """What narrows the list now, each with the address that takes it away."""
        for spec in self.filter_specs:
            for label, names in spec.chips():
                yield {"label": label, "query": self.address(without=names)}

    def quick_days(self):
        return self.days.quick(self)

    @property
    def everything(self):
        """The list without filters; the search stays."""
        return self.address(without=PARAMETERS)

    @property
    def errors(self):
        return [spec for spec in self.filter_specs if spec.error]


# The keyset


def place_of(article, clock):
    """Where an article stands in the list by a clock: '1700000000000000-12'."""
    return f"{(getattr(article, clock.lstrip('-')) - _EPOCH) // _MICROSECOND}-{article.pk}"


def behind(found, clock, place):
    """What comes after a place in a list by a clock; all of it where the place is none."""
    moment, _dash, pk = place.partition("-")
    if not (is_pk(moment) and is_pk(pk)):
        return found
    try:
        at = _EPOCH + int(moment) * _MICROSECOND
    except OverflowError:
        return found
    column, is_down = clock.lstrip("-"), clock.startswith("-")
    side, end = ("lte", "gte") if is_down else ("gte", "lte")
    return found.filter(**{f"{column}__{side}": at}).exclude(**{column: at, f"pk__{end}": int(pk)})
