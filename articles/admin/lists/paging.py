"""The list's pages: what is counted, and in which order.

An archive of a million articles is not counted for a heading: beyond LIMIT the list says "more than", and shows the
first LIMIT of them. What fits on one page is counted by being fetched.
"""

from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator
from django.utils.functional import cached_property
from django.utils.http import urlencode

from .filters import PARAMETERS, DayFilter

LIMIT = 1_000
SEARCH, ORDER = "q", "o"


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
        return found

    def get_results(self, request):
        super().get_results(request)
        if not self.multi_page:
            self.result_list = self.paginator.head

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
        names = [*PARAMETERS, SEARCH, ORDER]
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
