"""The page of an article, in six queries: chrome, article, parts, companions, other news, pictures of the text."""

from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from django.conf import settings
from django.db import router
from django.db.models import OuterRef, Subquery
from django.http import Http404
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from articles import days, insets, players, richtext, vietnamese
from articles.compiled import Compiled
from articles.models import Article, Byline, Category, Comment, Genre, Photo, State
from articles.models.cards import COLUMNS, cards
from articles.models.link import Companions, companions, other_news
from articles.models.parts import hanging, parts_of
from articles.pagecache import tags
from articles.readers.comments import may_comment

from . import page

MODERATED = Comment.objects.filter(article=OuterRef("pk"), moderated_at__isnull=False).order_by("-moderated_at")
WHOLE = (
    Article.objects.select_related("category", "photo")
    .defer("photo__search_text")
    .annotate(moderated_at=Subquery(MODERATED.values("moderated_at")[:1]))
)
MORE = ("body", "dateline", "player", "ai_use", "comments_closed", "created_at", "updated_at", "moderated_at")


@Compiled.prepared
def _row(pk):
    """What the page of an article shows of its row: what a card does, and MORE."""
    return WHOLE.filter(pk=pk).select_related(None).values_list(*COLUMNS, *MORE)


def _find(request, pk):
    """The article that readers ask for, or None; its section is that of the masthead, with all that is known of it."""
    found = next(cards(Article, router.db_for_read(Article), _row(pk=int(pk)), MORE), None)
    if found and found.category_id:
        found.category = page.sections(request).by_id.get(found.category_id) or Category.objects.get(
            pk=found.category_id
        )
    return found


PLAIN = {Genre.NEWS, Genre.FEATURE}  # what a story is unless its page says otherwise
MINUTE = timedelta(minutes=1)
LEAST_WORDS = 60  # below, a reading time says nothing


@require_safe
def article(request, section, slug, pk):
    """The id decides: a wrong slug or section leads to the right one, a withdrawn article says that it is gone."""
    found = _find(request, pk)
    if found and found.state == State.WITHDRAWN and found.was_public():
        context = {"withdrawn_on": days.of(found.updated_at)}  # the nearest to the day, which is not stored
        return page.render(
            request, "articles/withdrawn.html", context, section=found.category, status=410, tags=[tags.article(pk)]
        )
    if not found or not found.is_public():
        raise Http404(pk)
    if request.path != found.get_absolute_url():
        return page.tag(redirect(found, permanent=True), [tags.article(pk), tags.card(pk)])
    rows, beside = hanging(found), _beside(found)
    own = (*found.row, *(getattr(found, name) for name in MORE))
    made_of = (own, repr(rows), beside.key)
    return page.render_once(request, made_of, lambda: _written(request, found, parts_of(found, rows), beside))


@dataclass(frozen=True)
class Beside:
    """What stands in its text and around it."""

    segments: tuple
    companions: Companions
    others: list
    pictures: dict

    @property
    def key(self):
        near = self.companions
        pictures = [(photo.master, photo.width, photo.height, photo.edition) for photo in self.pictures.values()]
        return near.older, near.newer, tuple(near.mentioned.items()), tuple(self.others), tuple(sorted(pictures))


def _beside(found, other=None):
    segments = _segments(found.body, found.genre == Genre.INTERVIEW, settings.SITE_URL)
    near = companions(found, insets.article_ids(segments))
    return Beside(segments, near, other_news(found) if other is None else other, _pictures(segments))


@lru_cache(richtext.REMEMBERED)
def _segments(body, is_interview, _site_url):
    """Cut once; which addresses are ours depends on the site's own."""
    return tuple(insets.segments(body, interview=is_interview))


def show(request, found, parts, *, other=None, context=None):
    """The page of an article with its Parts; `other` are its other news where they are not those that are stored."""
    written = _written(request, found, parts, _beside(found, other), context)
    return page.answer(request, written)


def _written(request, found, parts, beside, context=None):
    shown = {
        **vars(parts),
        "article": found,
        "genre": "" if found.genre in PLAIN else found.get_genre_display(),
        "english_url": parts.english and parts.english.get_absolute_url(),
        "archive_day": found.published_at and days.of(found.published_at),
        "revised_at": _revised_at(found),
        "credits": _by_role(parts.bylines),
        "segments": _with_teasers(beside.segments, beside.companions.mentioned),
        "pictures": beside.pictures,
        "player": players.parse(found.player),
        "key_moments": [update for update in parts.live_updates if update.is_key and update.title],
        "reading_minutes": _reading_minutes(found, parts.live_updates),
        "older": beside.companions.older,
        "newer": beside.companions.newer,
        "other_news": beside.others,
        "may_comment": may_comment(found),
        **(context or {}),
    }
    modified = page.latest(found.moderated_at, *_moments(parts))
    named = _tags(found, parts, beside.companions, beside.others)
    return page.write(request, "articles/article.html", shown, section=found.category, modified=modified, tags=named)


def _tags(found, parts, near, others):
    teasers = [*filter(None, (near.older, near.newer)), *near.mentioned.values(), *others]
    return tags.of_article(found, parts.bylines, parts.topics, [teaser.url for teaser in teasers])


def _moments(parts):
    """When that came which may come to a story that nobody touched."""
    yield from (correction.issued_at for correction in parts.corrections)
    yield from (update.posted_at for update in parts.live_updates)
    if parts.english:
        yield parts.english.released_at


def _pictures(segments):
    """{address: Photo} of the pictures in the text that are ours: their files are known, whatever size was typed."""
    names = [address.removeprefix(settings.MEDIA_URL) for address in insets.picture_addresses(segments)]
    if not names:
        return {}
    return {photo.address: photo for photo in Photo.objects.filter(master__in=names).defer("search_text")}


def _revised_at(found):
    """When it was changed after readers first saw it; what happened in the first minute is no news."""
    later = found.revised_at and found.published_at and found.revised_at - found.published_at >= MINUTE
    return found.revised_at if later else None


def _by_role(bylines):
    """[(label, bylines)] in the order in which the roles first appear."""
    roles = {}
    for byline in bylines:
        roles.setdefault(byline.role, []).append(byline)
    return [(_label(role, people), people) for role, people in roles.items()]


def _label(role, people):
    """'Ảnh:' and the like; '' for those who wrote the text, and where the line as printed says it itself."""
    if role == Byline.Role.TEXT:
        return ""
    label = gettext("According to") if role == Byline.Role.SOURCE else f"{capfirst(Byline.Role(role).label)}:"
    printed = "" if people[0].author else vietnamese.key(people[0].as_printed)
    return "" if vietnamese.key(label) in printed else label


def _with_teasers(segments, mentioned):
    """[(segment, Teaser or None)]; a paragraph that names an article which readers may not see is left out."""
    return [(one, mentioned.get(one.article)) for one in segments if not one.article or one.article in mentioned]


def _reading_minutes(found, live_updates):
    """Minutes, or 0 for what is looked at rather than read."""
    texts = [found.body, *(each.body for each in live_updates)]
    text = " ".join([found.lede, *(richtext.to_text(richtext.clean(one)) for one in texts)])
    words = len(text.split())
    return max(1, round(words / vietnamese.WORDS_A_MINUTE)) if words >= LEAST_WORDS else 0
