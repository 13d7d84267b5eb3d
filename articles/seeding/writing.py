"""Articles of a synthetic archive, one after another, each with the rows that hang on it.

Design notes
- The archive ends on a fixed day and grows by a fixed curve, from 0.4 to 1.6 times the mean a day; so the same seed
  is the same archive whenever it is made, and a day, a month or a year has the same share of it at every size.
- What a model or a trigger derives (slug, keys, `top`, `public_at`, uses of photos) is written here at once: a test
  saves a sample through the models and finds nothing changed.
- Left out, because no public page and no list of the desk needs it: versions, transitions, notes, comments. An article
  without versions gets its first when somebody saves it, as one from an importer does.
"""

from datetime import UTC, date, timedelta
from math import sqrt

from django.conf import settings

from articles import days, richtext, vietnamese
from articles.models import (
    AIUse,
    Byline,
    GalleryPhoto,
    Genre,
    Photo,
    PhotoUse,
    ReadCount,
    RelatedLink,
    State,
    TopicListing,
)

from .newsroom import AUTHORS, HEIGHT, PHOTOS, TOPIC_COUNT, WIDTH
from .vocabulary import Piece

BEGIN, DAYS = days.start(date(2006, 11, 29)).astimezone(UTC), 7305  # twenty years, to 28 November 2026
LEAST, GROWTH = 0.4, 0.6  # the curve: of the time that has passed s, LEAST s + GROWTH s² of the articles are there
OPEN, SHUT = 5 * 3600, 22 * 3600  # seconds of a day in which news are published
IN_WORK, SCHEDULED = (300, 20), (20, 100)  # at most so many at the end, and one in so many articles
WITHDRAWN = 1_000  # one in so many
RECENT = 50  # articles back, at most, that a related link leads
NEVER = timedelta(days=3 * 365)  # from the end of the archive to what is scheduled: no page waits for it
STATES = [State.DRAFT, State.SUBMITTED, State.EDITING, State.REVIEW, State.APPROVED]
GENRES = [
    (Genre.NEWS, 70, ""), (Genre.FEATURE, 12, ""), (Genre.REPORTAGE, 4, "Phóng sự"), (Genre.INTERVIEW, 3, "Phỏng vấn"),
    (Genre.COMMENTARY, 3, "Bình luận"), (Genre.NOTES, 3, "Ghi nhanh"), (Genre.PHOTOS, 3, ""), (Genre.VIDEO, 2, ""),
]  # fmt: skip
FIGURE = '<figure class="image"><img src="{}{}" alt="{}" width="{}" height="{}"><figcaption>{}</figcaption></figure>'
BESIDE = [Byline, TopicListing, RelatedLink, GalleryPhoto, PhotoUse, ReadCount]  # in the order of a batch


class Desk:
    """Writes `number` articles. `beside` collects the rows of the other tables until somebody takes them."""

    def __init__(self, rng, words, newsroom, number):
        self.rng, self.words, self.number = rng, words, number
        self.sections = self._filed(newsroom.sections)
        self.photos = newsroom.rows[Photo]
        self.figures = [self._figure(photo) for photo in self.photos]
        self.genres = [(genre, kicker) for genre, often, kicker in GENRES for _ in range(often)]
        self.in_work = min(IN_WORK[0], number // IN_WORK[1])
        self.scheduled = min(SCHEDULED[0], number // SCHEDULED[1])
        self.beside = {model: [] for model in BESIDE}
        self._made = dict.fromkeys(BESIDE, 0)

    def _filed(self, sections):
        """Sections, each as often as it is drawn: the first of the first level most, their sub-sections less."""
        return [
            (number, parent or number)
            for number, parent in sections
            for _ in range(60 // (((parent or number) + 4) // 4) // (4 if parent else 1) + 1)
        ]

    def _figure(self, photo):
        """The HTML of a photo in a text as it is stored, and the photo's number."""
        words = (settings.MEDIA_URL, photo["master"], photo["alt"], WIDTH, HEIGHT, photo["caption"])
        return richtext.clean(FIGURE.format(*words)), photo["id"]

    def _pick(self, pieces):
        return pieces[int(self.rng.random() * len(pieces))]

    def _add(self, model, **row):
        self._made[model] += 1
        self.beside[model].append({"id": self._made[model], **row})

    def articles(self):
        for number in range(1, self.number + 1):
            yield self._article(number)

    def take(self):
        """{model: rows} of what hangs on the articles since the last time."""
        taken, self.beside = self.beside, {model: [] for model in BESIDE}
        return taken

    def _article(self, number):
        state, published, touched = self._standing(number)
        genre, kicker = self._pick(self.genres)
        needle = next((name for name, apart, first in self.words.needles if number % apart == first), None)
        places = self._places(number, needle)
        title, lede = self._title(places[0]), f"{self._pick(self.words.ledes)} tại {places[1].text}."
        body = self._body(number, places[2])
        section, top = self._pick(self.sections)
        row = {
            "id": number, "state": state, "title": title.text, "genre": genre, "kicker": kicker, "lede": lede,
            "slug": slug(title.key) if published else "", "body": body, "category_id": section, "top_id": top,
            "photo_id": 1 + int(self.rng.random() * PHOTOS) if self.rng.random() < 0.8 else None,
            "ai_use": AIUse.NONE, "published_at": published, "state_since": touched, "created_at": touched,
            "updated_at": touched, "title_key": title.key[:250],
        }  # fmt: skip
        public_at = published if state == State.PUBLISHED else None
        self._sign(number, public_at)
        self._hang(number, genre, public_at)
        return row

    def _standing(self, number):
        """(state, moment of publication, last change) of an article: the newest are in work, then what is scheduled."""
        behind = self.number - number
        moment = self._moment(number)
        touched = moment.isoformat(" ")[:19]
        if behind < self.in_work:
            return STATES[behind % len(STATES)], None, touched
        if behind < self.in_work + self.scheduled:
            ahead = moment + NEVER + timedelta(days=behind)
            return State.PUBLISHED, ahead.isoformat(" ")[:19], touched
        state = State.WITHDRAWN if number % WITHDRAWN == WITHDRAWN // 2 else State.PUBLISHED
        return state, touched, touched

    def _moment(self, number):
        """When it is published, in UTC: ever later with its number, in the hours of the day in which news come."""
        share = (number - 0.5) / self.number
        passed = (sqrt(LEAST**2 + 4 * GROWTH * share) - LEAST) / (2 * GROWTH) * DAYS
        second = OPEN + (passed % 1) * (SHUT - OPEN)
        return BEGIN + timedelta(days=int(passed), seconds=int(second))

    def _places(self, number, needle):
        """The places that title, lede and text name. A needle stands in one of them, in turn, mostly in the text."""
        places = [self._pick(self.words.places) for _ in range(3)]
        if needle:
            places[(2, 0, 2, 1)[number // 200 % 4]] = needle
        return places

    def _title(self, place):
        words = self._pick(self.words.titles)
        if place in self.words.needle_pieces or self.rng.random() < 0.75:
            return Piece(f"{place.text}: {words.text}", f"{place.key} {words.key}")
        return words

    def _body(self, number, place):
        """Paragraphs, every third of which names the place; in some the number of a decision, in some a picture."""
        rng, words = self.rng, self.words
        count = min(max(round(rng.lognormvariate(2.40, 0.62)), 2), 140)
        texts = rng.choices(words.paragraphs, k=count)
        for position, tail in zip(range(0, count, 3), rng.choices(words.tails, k=count), strict=False):
            texts[position] += f" Tại {place.text}{tail}"
        if rng.random() < 0.3:
            texts.append(f"Theo Quyết định số {1 + int(rng.random() * 4999)}/QĐ-UBND.")
        body = "<p>" + "</p>\n<p>".join(texts) + "</p>"
        if rng.random() < 0.1:
            figure, photo = self._pick(self.figures)
            body = f"{body}\n{figure}"
            self._add(PhotoUse, photo_id=photo, text="article", key=number, article_id=number)
        return body

    def _sign(self, number, public_at):
        """One name under most, two under some, "PV" under a few; some authors write much, most little."""
        lot = self.rng.random()
        roles = [Byline.Role.TEXT, Byline.Role.PHOTO] if lot < 0.12 else [Byline.Role.TEXT]
        for order, role in enumerate(roles):
            author = 1 + int(self.rng.random() ** 2 * AUTHORS) if lot < 0.92 else None
            printed = "" if author else "PV"
            self._add(
                Byline, article_id=number, author_id=author, role=role, as_printed=printed, order=order,
                public_at=public_at,
            )  # fmt: skip

    def _hang(self, number, genre, public_at):
        """Topics, related links to what came before, a gallery under a photo story, reads in the first hour."""
        random = self.rng.random
        if random() < 0.15:
            topic = 1 + int(random() ** 2 * TOPIC_COUNT)
            self._add(TopicListing, article_id=number, topic_id=topic, public_at=public_at)
        if number > RECENT and random() < 0.2:
            first = number - 1 - int(random() * (RECENT - 3))
            for order in range(1 + int(random() * 3)):
                self._add(RelatedLink, article_id=number, target_id=first - order, order=order)
        if genre == Genre.PHOTOS:
            for order in range(4):
                photo = 1 + int(random() * PHOTOS)
                self._add(GalleryPhoto, article_id=number, photo_id=photo, order=order)
        if public_at:
            reads = 1 + int(300 * random() ** 3)
            self._add(ReadCount, article_id=number, hour=f"{public_at[:13]}:00:00", reads=reads)


def slug(key):
    """vietnamese.slug of the text whose key this is: nearly all of them are letters without marks, and digits."""
    is_plain = key.isascii() and len(key) <= vietnamese.SLUG_LENGTH
    return key.replace(" ", "-") if is_plain else vietnamese.slug(key)
