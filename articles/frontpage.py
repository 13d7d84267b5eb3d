"""What stands where on the front page, and at the head of a section's page.

Design notes
- The desk's placements come first, the newest fill what is left. Of several stories for one place the one that was
  set last counts; one that readers may not see (any more, or yet) counts for nothing, so its place fills at once.
- No story stands twice: what is above takes it from what is below. A story on the breaking line is not used again to
  fill a place, but the desk may have it lead the page too: the line is a pointer. So are the lists of the most read,
  which the views add (articles/readers).
- Two queries of articles, however many sections: one reads the few facts by which stories are chosen, each list by its
  own index (models/newest.py), the other those that are shown: of a large page one in six.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import chain, islice

from django.db.models import F, Value
from django.utils import timezone

from .compiled import Compiled
from .models import PLACES, Article, Correction, Genre, Placement, Slot, Topic, lists, newest

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
    def shown(self):
        return [*([self.breaking] if self.breaking else []), *self.articles]


@dataclass
class FrontPage:
    top: Top
    stream: list
    blocks: list  # [(section, its articles)]
    photos: list
    videos: list
    topics: list
    corrections: list


@dataclass(frozen=True)
class _Story:
    """What decides where a story may stand."""

    pk: int
    top_id: int
    genre: str
    at: object  # when it was published, in the database's own words: it is compared and no more
    picture: str = ""  # known of those that may stand in a strip


class _Stories:
    """All stories that may stand on the page, the newest first; each is taken once."""

    def __init__(self, stories):
        self.by_id = {story.pk: story for story in stories}
        self.newest = sorted(self.by_id.values(), key=lambda story: (story.at, story.pk), reverse=True)
        self.taken = set()

    def take(self, count, wanted=lambda story: True):
        """The keys of the newest that are free."""
        free = (story.pk for story in self.newest if story.pk not in self.taken and wanted(story))
        found = list(islice(free, count))
        self.taken.update(found)
        return found


def compose(sections, at=None, placements=None):
    """The front page of a moment. `placements` are those of an unsaved board; the stored ones when left out."""
    at = at or timezone.now()
    placed = _placed(Placement.objects.of(None) if placements is None else placements, at)
    stories = _Stories(_candidates(sections, placed, at))
    top = _Places(stories, placed)
    keys = {"stream": stories.take(STREAM)}
    keys |= {"photos": _strip(stories, Genre.PHOTOS), "videos": _strip(stories, Genre.VIDEO)}
    blocks = _blocks(stories, sections)
    cards = lists.cards_by_key([*top.keys, *chain(*keys.values()), *chain(*blocks.values())], at)
    return FrontPage(
        top=top.filled(cards),
        **{name: _some(cards, chosen) for name, chosen in keys.items()},
        blocks=[(section, _picture_first(_some(cards, chosen))) for section, chosen in blocks.items()],
        topics=list(Topic.objects.featured()[:TOPICS]),
        corrections=_corrections(at),
    )


def compose_section(section, at=None, placements=None, number=0):
    """The head of a section's page, and so many of the stories behind it; the newest where the desk placed none."""
    at = at or timezone.now()
    placed = _placed(Placement.objects.of(section) if placements is None else placements, at)
    cards = {card.pk: card for card in lists.Newest(section, at).cards(max(TOP, number) + len(placed))}
    newest_keys = list(cards)
    cards |= lists.cards_by_key([pk for _place, pk in placed if pk not in cards], at)
    top = _Places(_known(cards), placed).filled(cards)
    shown = {card.pk for card in top.articles}
    return top, [cards[pk] for pk in newest_keys if pk not in shown][:number]


def placed_in(section, at=None, placements=None):
    """The keys of what the desk placed at the head of a section's page."""
    at = at or timezone.now()
    placed = _placed(Placement.objects.of(section) if placements is None else placements, at)
    return [pk for pk in _Places(_known(lists.cards_by_key([pk for _place, pk in placed], at)), placed).chosen if pk]


def _known(cards):
    return _Stories([_Story(card.pk, card.top_id, card.genre, card.published_at) for card in cards.values()])


def _placed(placements, at):
    """[((slot, position), the article's id)] of the placements that hold at a moment, the last one set first."""
    if not isinstance(placements, list):
        placements = placements.active(at).order_by("pk")
    active = [placement for placement in placements if placement.is_active(at)]
    active.sort(key=lambda placement: placement.starts_at)  # stable: of two at once the later one counts
    return [((placement.slot, placement.position), placement.article_id) for placement in reversed(active)]


@Compiled
def _facts(at, tops, placed):
    public, above = Article.objects.published(at), TOP + STREAM + PLACES[Slot.BREAKING]
    facts = ("pk", "top_id", "genre", "published_at")
    plain = public.annotate(picture=Value("")).values_list(*facts, "picture")
    # Enough of each section for its block when all above came from it; so the newest of all are among them.
    of_each = plain.filter(newest.Among(F("top"), newest.EACH)).order_by("top_id", "-published_at", "-pk")
    parts = [newest.part_of_each(of_each[: BLOCK + above + 2 * STRIP], tops)]
    if placed:
        parts.append(newest.part(plain.filter(pk__in=placed).order_by()))
    pictured = public.newest().values_list(*facts, "photo__master")
    for genre in (Genre.PHOTOS, Genre.VIDEO):
        parts.append(newest.part(pictured.filter(genre=genre)[: STRIP + above]))
    return newest.Union(public, parts)


def _candidates(sections, placed, at):
    """The stories that may stand on the page: the newest of each section and of the strips, and what is placed."""
    if not sections.tops:
        return []
    tops = tuple(top.pk for top in sections.tops)  # part of the SQL: they seldom change
    return [_Story(*row) for row in _facts(at=at, tops=tops, placed=[pk for _place, pk in placed])]


def _some(cards, keys):
    return [cards[pk] for pk in keys if pk in cards]


class _Places:
    """The head of a page in keys: what the desk placed there and what fills the rest."""

    def __init__(self, stories, placed):
        self.places = {}
        for place, pk in placed:
            if pk in stories.by_id:
                self.places.setdefault(place, pk)
        self.breaking = self.places.get((Slot.BREAKING, 0))
        self.chosen = []
        for place in [(Slot.LEAD, 0), *((Slot.SECONDARY, position) for position in range(SECONDARY))]:
            pk = self.places.get(place)
            self.chosen.append(None if pk in self.chosen else pk)
        stories.taken.update(pk for pk in (self.breaking, *self.chosen) if pk)
        self.fill = stories.take(self.chosen.count(None))
        self.keys = [pk for pk in (self.breaking, *self.places.values(), *self.fill) if pk]

    def filled(self, cards):
        """The Top."""
        fill = _some(cards, self.fill)
        if self.chosen[0] is None:
            fill = _picture_first(fill)
        fill = iter(fill)
        found = [article for pk in self.chosen if (article := cards.get(pk) or next(fill, None))]
        places = {place: cards[pk] for place, pk in self.places.items() if pk in cards}
        lead, secondary = (found[0], found[1:]) if found else (None, [])
        return Top(places, cards.get(self.breaking), lead, secondary)


def _strip(stories, genre):
    taken = set(stories.taken)
    found = stories.take(STRIP, lambda story: story.genre == genre and story.picture)
    if len(found) >= STRIP_LEAST:
        return found
    stories.taken = taken
    return []


def _blocks(stories, sections):
    """{section: the keys of its newest} of the sections that have news left for one."""
    found = {top: stories.take(BLOCK, lambda story, pk=top.pk: story.top_id == pk) for top in sections.tops}
    return {top: keys for top, keys in found.items() if keys}


def _picture_first(articles):
    """A story with a picture leads its group, if it is about as new as the newest; the others keep their order."""
    fresh = [article for article in articles if articles[0].published_at - article.published_at <= FRESH]
    pictured = next((article for article in fresh if article.photo and article.photo.master), None)
    return articles if pictured is None else [pictured, *(other for other in articles if other is not pictured)]


def _corrections(at):
    """Those of stories that readers have seen, withdrawn since or not: a correction outlives its story."""
    shown = ("issued_at", "article__title", "article__state", "article__published_at")
    current = Correction.objects.current(at).newest().select_related("article").only(*shown)
    return list(islice((correction for correction in current if correction.article.was_public(at)), CORRECTIONS))
