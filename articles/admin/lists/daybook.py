"""The page of the day book: what was published in some days, by pen name and by section; to print, and as a file."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from articles import days, vietnamese
from articles.editorial import permissions
from articles.editorial.lists import daybook
from articles.models import Byline, Category, Genre, Sections

from . import exports, periods, sheets

USUAL = "this-month"
HEADINGS = [
    *(gettext_lazy("pen name"), pgettext_lazy("day book", "person"), gettext_lazy("role"), gettext_lazy("title")),
    *(gettext_lazy("section"), gettext_lazy("genre"), pgettext_lazy("clock", "published"), gettext_lazy("number")),
    gettext_lazy("address"),
]


class Asked:
    """What an address asks of the book. `error` says why it cannot be answered; then the book is empty."""

    def __init__(self, request):
        given = {name: request.GET.get(name, "").strip()[:100] for name in (*periods.PARAMETERS, "section", "author")}
        if not any(given[name] for name in periods.PARAMETERS):
            given["period"] = USUAL
        self.given = given
        self.days = periods.read(*(given[name] for name in periods.PARAMETERS))
        self.last = self.days.last or (max(self.days.first, days.today()) if self.days.first else None)
        self.first = self.days.first or self.last
        self.sections = Sections(Category.objects.all())
        self.section = self.sections.by_slug.get(given["section"])
        self.author = vietnamese.slug(given["author"])
        self.error = self.days.error or self._error()
        self.only_totals = False

    def _error(self):
        if self.given["section"] and self.section is None:
            return _("“%(text)s” is none of the choices.") % {"text": self.given["section"][:40]}
        if self.given["author"] and not self.author:
            return _("A name has letters or digits.")
        return ""

    def articles(self, user):
        family = self.sections.family(self.section) if self.section else None
        found = daybook.articles_of(user, self.first, self.last, family, self.author) if not self.error else None
        return permissions.visible_to(user).none() if found is None else found

    def counts(self, found):
        """Of many articles in many years only the totals; what one author wrote in them is little."""
        if not (self.error or self.author) and self.first and (self.last - self.first).days > daybook.LONG:
            family = self.sections.family(self.section) if self.section else None
            totals = daybook.totals(self.first, self.last, self.sections, family)
            self.only_totals = totals[-1] > daybook.LISTED
            if self.only_totals:
                return totals
        return daybook.counts(found, self.sections)

    def query(self, **changes):
        """The address of the same book with something changed; what is empty is left out."""
        return "?" + urlencode({name: value for name, value in {**self.given, **changes}.items() if value})

    def quick(self):
        for name, label in periods.LABELS.items():
            query = self.query(period=name, day_from="", day_to="")
            yield {"label": label, "query": query, "selected": self.days.name == name}

    def heading(self):
        if self.first is None:
            return ""
        first, last = (formats.date_format(day, "SHORT_DATE_FORMAT") for day in (self.first, self.last))
        return first if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last}


def page(screen, request):
    _check(request.user)
    asked = Asked(request)
    found = asked.articles(request.user)
    genres, lines, sums, total = asked.counts(found)
    is_long = total > daybook.LISTED
    listed = [] if is_long else _listed(daybook.by_author(daybook.with_names(found, asked.sections), asked.author))
    context = {
        **screen.admin_site.each_context(request),
        "title": _("Day book"),
        "opts": screen.opts,
        "asked": asked,
        "genres": genres,
        "lines": lines,
        "sums": sums,
        "total": total,
        "signed": listed,
        "too_many": daybook.LISTED if is_long else 0,
        "printed_at": timezone.now(),
    }
    return TemplateResponse(request, "admin/lists/daybook.html", context)


def _listed(signed):
    """[(whose, lines of the page)]: what is the same in thousands of lines is looked up once, not in each."""
    genres = {genre.value: str(genre.label) for genre in Genre}
    roles = {role.value: str(role.label) for role in Byline.Role}

    def line(article, byline):
        return {
            "time": formats.date_format(timezone.localtime(article.published_at), "SHORT_DATETIME_FORMAT"),
            "address": article.get_absolute_url(),
            "title": article.title,
            "section": str(article.category),
            "genre": genres.get(article.genre, article.genre),
            "role": roles.get(byline.role, "") if byline else "",
        }

    return [(one, [line(*row) for row in one.rows]) for one in signed]


def export(screen, request, kind):
    _check(request.user)
    if kind not in sheets.KINDS:
        raise Http404(kind[:20])
    asked = Asked(request)
    if asked.error:  # the page says what is wrong
        return HttpResponseRedirect(reverse("admin:articles_article_daybook") + asked.query())
    articles = daybook.with_names(asked.articles(request.user)[: sheets.MOST + 1], asked.sections)
    exports.note(request.user, _("day book"), kind)
    return sheets.respond(kind, exports.file_name("so-tin"), HEADINGS, exports.cut(_rows(articles, asked.author)))


def _rows(articles, author):
    for signed in daybook.by_author(articles, author):
        for article, byline in signed.rows:
            role = Byline.Role(byline.role).label if byline else ""
            place = [
                article.category or "",
                exports.GENRES.get(article.genre, article.genre),
                article.published_at,
                article.pk,
            ]
            address = f"{settings.SITE_URL}{article.get_absolute_url()}"
            yield [signed.name or _("not signed"), signed.person, role, article.title, *place, address]


def _check(user):
    if not permissions.can_see_daybook(user):
        raise PermissionDenied
