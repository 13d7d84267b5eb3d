"""The front page and the pages of the sections, as they are and, for the desk, as they will be."""

from django.http import Http404
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive, now
from django.views.decorators.http import require_http_methods, require_safe

from articles import days, frontpage
from articles.editorial import placing
from articles.models import lists
from articles.pagecache import tags
from articles.readers import ranking

from . import page, paging

DAY, WEEK = 24, 7 * 24  # hours
MOST_READ = 5


@require_safe
def front(request):
    return _front(request)


@require_safe
def section(request, section):
    return _section(request, page.get_section(request, section))


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request):
    """The page of a board that is not saved (POST), or of another moment (`luc`), for those who may place stories."""
    if not request.user.is_active or not request.user.has_perm("articles.change_placement"):
        raise Http404
    slug = request.GET.get("muc", "")
    section = page.get_section(request, slug) if slug else None
    board = placing.Board(section, request.POST) if request.method == "POST" else None
    at = _moment(request.POST.get("luc") or request.GET.get("luc")) or (board.at if board else now())
    context = {"preview_at": at, "today": days.of(at), "refused": board.problems() if board else []}
    shown = {"at": at, "placements": board.placements() if board else None, "context": context}
    response = _section(request, section, **shown) if section else _front(request, **shown)
    response.status_code = 400 if context["refused"] else 200
    response["Cache-Control"] = "private, no-store"
    del response["Cache-Tag"]
    response["X-Robots-Tag"] = "noindex"
    return response


def _moment(text):
    """'2026-11-25T06:00', a time in Vietnam, as a moment; None for no text, 404 for what is no time of the archive."""
    if not text:
        return None
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None or not is_naive(moment) or not days.FIRST_DAY.year <= moment.year <= days.LAST_YEAR:
        raise Http404("luc")
    return moment.replace(tzinfo=days.VIETNAM)


def _front(request, at=None, placements=None, context=None):
    found = {"front": frontpage.compose(page.sections(request), at, placements)}
    found["read_day"], found["read_week"] = ranking.lists([DAY, WEEK], MOST_READ, at=at)
    named = _tags(found["front"]) | tags.cards([*found["read_day"], *found["read_week"]])
    context = found | (context or {})
    return page.render(request, "articles/front.html", context, modified=ranking.lately(), tags=named)


def _tags(front):
    shown = [front.top.breaking, *front.top.articles, *front.stream, *front.photos, *front.videos]
    shown += [article for _section, articles in front.blocks for article in articles]
    shown += [correction.article for correction in front.corrections]
    return {
        tags.FRONT,
        tags.MOST_READ,
        tags.TOPICS,
        *tags.cards(shown),
        *(tags.topic(topic.pk) for topic in front.topics),
    }


def _section(request, section, at=None, placements=None, context=None):
    """The first page has the section's head above its list; no page repeats what stands there."""
    # A later page begins behind the newest: only what the desk placed can lie there, and was seen above the first.
    if request.GET.get("truoc"):
        placed = frontpage.placed_in(section, at, placements)
        top = None
        found = paging.keyset(request, lists.Newest(section, at, without=tuple(placed)))
    else:
        top, rest = frontpage.compose_section(section, at, placements, number=paging.SIZE + 1)
        found = paging.cut(rest, paging.SIZE - len(top.articles))
    context = {
        "top": top,
        "page": found,
        "subsections": page.sections(request).children(section),
        "read_week": ranking.most_read(WEEK, MOST_READ, section, at=at),
        **(context or {}),
    }
    shown = [*(top.shown if top else ()), *found.articles, *context["read_week"]]
    named = {tags.section(section.pk), tags.MOST_READ, *tags.cards(shown)}
    modified = ranking.lately()
    return page.render(request, "articles/section.html", context, section=section, modified=modified, tags=named)
