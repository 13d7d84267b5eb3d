"""What stands where on the front page, and at the head of a section's page.

Design notes
- The desk's placements come first, the newest fill what is left. Of several stories for one place the one that was
  set last counts; one that readers may not see (any more, or yet) counts for nothing, so its place fills at once.
- No story stands twice: what is above takes it from what is below. A story on the breaking line is not used again to
  fill a place, but the desk may have it lead the page too: the line is a pointer. So are the lists of the most read,
  which the views add (articles/readers).
- A few queries, however many sections: one for what is placed, one for all stories, each section by its own index.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice

from django.utils import timezone

from .models import PLACES, Article, Correction, Genre, Placement, Slot, Topic

FRESH = timedelta(days=3)
SECONDARY = PLACES[Slot.SECONDARY]
TOP = PLACES[Slot.LEAD] + SECONDARY
PLACED = sum(PLACES.values())  # as many as the desk can place
STREAM, BLOCK, STRIP = 10, 4, 6  # stories in the stream of the latest, in each section's block, in a strip
STRIP_LEAST = 2  # a row to scroll through is none with a single picture
TOPICS, CORRECTIONS = 12, 5


@dataclass
class Top:
    """`places` is what the desk placed: {(slot, position): article}."""

    places: dict = field(default_factory=dict)
    breaking: Article | None = None
    lead: Article | None = None
    secondary: list = field(default_factory=list)

    @property
    def articles(self):
        return [self.lead, *self.secondary] if self.lead else []

    @property
    def placed(self):
        """Those of `articles` that the desk put there."""
        return [article for article in self.articles if article in self.places.values()]


@dataclass
class FrontPage:
    top: Top
    stream: list
    blocks: list  # [(section, its articles)]
    photos: list
    videos: list
    topics: list
    corrections: list


class _Stories:
    """All stories that may stand on the page, the newest first; each is taken once."""

    def __init__(self, cards):
        self.by_id = {card.pk: card for card in cards}
        self.taken = set()

    def mark(self, articles):
        self.taken.update(article.pk for article in articles)
        return articles

    def take(self, count, wanted=lambda article: True):
        free = (card for card in self.by_id.values() if card.pk not in self.taken and wanted(card))
        return self.mark(list(islice(free, count)))


def compose(sections, at=None, placements=None):
    """The front page of a moment. `placements` are those of an unsaved board; the stored ones when left out."""
    at = at or timezone.now()
    placed = _placed(Placement.objects.of(None) if placements is None else placements, at)
    families = [(top, sections.family(top)) for top in sections.tops]
    above = TOP + STREAM + PLACES[Slot.BREAKING]
    newest = Article.objects.published(at).newest().values("pk")
    slices = [newest.filter(genre=genre)[: STRIP + above] for genre in (Genre.PHOTOS, Genre.VIDEO)]
    # Enough of each section for its block when all above came from it; so the newest of all are among them.
    slices += [newest.filter(category__in=family)[: BLOCK + above + 2 * STRIP] for _top, family in families]
    stories = _Stories(_cards(slices, placed, at))
    return FrontPage(
        top=_top(stories, placed),
        stream=stories.take(STREAM),
        photos=_strip(stories, Genre.PHOTOS),
        videos=_strip(stories, Genre.VIDEO),
        blocks=_blocks(stories, families),
        topics=list(Topic.objects.featured()[:TOPICS]),
        corrections=_corrections(at),
    )


def compose_section(sections, section, at=None, placements=None):
    """The head of a section's page: what the desk placed there, else the newest of the section."""
    at = at or timezone.now()
    placed = _placed(Placement.objects.of(section) if placements is None else placements, at)
    newest = Article.objects.published(at).filter(category__in=sections.family(section)).newest().values("pk")
    return _top(_Stories(_cards([newest[: TOP + PLACED]], placed, at)), placed)


def _placed(placements, at):
    """[((slot, position), the article's id)] of the placements that hold at a moment, the last one set first."""
    if not isinstance(placements, list):
        placements = placements.active(at)
    active = [placement for placement in placements if placement.is_active(at)]
    active.sort(key=lambda placement: placement.starts_at)  # stable: of two at once the later one counts
    return [((placement.slot, placement.position), placement.article_id) for placement in reversed(active)]


def _cards(slices, placed, at):
    """The articles of all slices and places in one query, the newest first."""
    public = Article.objects.published(at)
    chosen = Article.objects.filter(pk__in=[pk for _place, pk in placed]).order_by().values("pk")
    # SQLite takes no LIMIT in a part of a UNION, but takes it one level down; each slice reads its own index.
    parts = [Article.objects.filter(pk__in=part).order_by().values("pk") for part in slices]
    return public.filter(pk__in=parts[0].union(*parts[1:], chosen)).newest().for_cards()


def _top(stories, placed):
    places = {}
    for place, pk in placed:
        if pk in stories.by_id:
            places.setdefault(place, stories.by_id[pk])
    top = Top(places, breaking=places.get((Slot.BREAKING, 0)))
    stories.mark([top.breaking] if top.breaking else [])
    chosen = []
    for place in [(Slot.LEAD, 0), *((Slot.SECONDARY, position) for position in range(SECONDARY))]:
        article = places.get(place)
        chosen.append(None if article in chosen else article)
    stories.mark([article for article in chosen if article])
    fill = stories.take(chosen.count(None))
    if chosen[0] is None:
        fill = _picture_first(fill)
    fill = iter(fill)
    whole = [article or next(fill, None) for article in chosen]
    found = [article for article in whole if article]
    top.lead, top.secondary = (found[0], found[1:]) if found else (None, [])
    return top


def _strip(stories, genre):
    taken = set(stories.taken)
    found = stories.take(STRIP, lambda card: card.genre == genre and card.photo and card.photo.master)
    if len(found) >= STRIP_LEAST:
        return found
    stories.taken = taken
    return []


def _blocks(stories, families):
    """[(section, its newest)] of the sections that have news left for one."""
    found = []
    for top, family in families:
        if articles := stories.take(BLOCK, lambda card, family=frozenset(family): card.category_id in family):
            found.append((top, _picture_first(articles)))
    return found


def _picture_first(articles):
    """A story with a picture leads its group, if it is about as new as the newest; the others keep their order."""
    fresh = [article for article in articles if articles[0].published_at - article.published_at <= FRESH]
    pictured = next((article for article in fresh if article.photo and article.photo.master), None)
    return articles if pictured is None else [pictured, *(other for other in articles if other is not pictured)]


def _corrections(at):
    """Those of stories that readers have seen, withdrawn since or not: a correction outlives its story."""
    current = Correction.objects.current(at).filter(article__in=Article.objects.once_public(at))
    return list(current.newest().for_cards()[:CORRECTIONS])
