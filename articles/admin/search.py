"""Searching what has a slug: a slug is folded, so a name is found with and without diacritics on both databases."""

from articles import vietnamese


class SlugSearchMixin:
    search_fields = ["slug"]

    def get_search_results(self, request, queryset, term):
        slug = vietnamese.slug(term)
        if term.strip() and not slug:
            return queryset.none(), False
        return queryset.filter(slug__contains=slug), False
