"""Searching and filtering the desk's lists, with and without diacritics, whatever is typed into the address."""

from articles import vietnamese


class CleanLookupsMixin:
    """Lookups in the address are Django's; a NUL in one is refused (400), because PostgreSQL would answer 500."""

    def lookup_allowed(self, lookup, value, request):
        return "\0" not in value and super().lookup_allowed(lookup, value, request)


class SlugSearchMixin(CleanLookupsMixin):
    """A slug is folded, so a name is found with and without diacritics on both databases."""

    search_fields = ["slug"]

    def get_search_results(self, request, queryset, term):
        slug = vietnamese.slug(term)
        if term.strip() and not slug:
            return queryset.none(), False
        return queryset.filter(slug__contains=slug), False
