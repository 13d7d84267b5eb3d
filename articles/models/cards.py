"""Articles as lists show them: a row of what a card says, and the instances made of it without Django's ceremony.

Design notes
- An instance of Model costs its `__init__`, a loop over every field, two signals and a state, and a card has three of
  them. These are made of a dict each; what is not in it is read from the database when it is asked for, as after
  `defer()`. They are articles like any other, but for lists only.
- `row` is all that a card says. Whoever keeps a card's HTML keeps it by that: a change is another key, so what is kept
  can be forgotten, never wrong.
"""

from django.db.models.base import ModelState
from django.db.models.query import ModelIterable

from .category import Category
from .photo import Photo

ARTICLE = ("id", "title", "kicker", "lede", "genre", "slug", "published_at", "revised_at", "state")
ARTICLE += ("category_id", "top_id", "photo_id")
CATEGORY = ("slug", "name", "english_name", "parent_id")
PHOTO = ("caption", "credit", "alt", "is_illustration", "made_by_ai", "rights_until", "focus_x", "focus_y")
PHOTO += ("crop_x", "crop_y", "crop_width", "crop_height", "edition", "master", "width", "height")
COLUMNS = (*ARTICLE, *(f"category__{name}" for name in CATEGORY), *(f"photo__{name}" for name in PHOTO))
_SECTION, _PICTURE = len(ARTICLE), len(ARTICLE) + len(CATEGORY)


class CardIterable(ModelIterable):
    """The articles of a queryset whose `values` are COLUMNS and, behind them, its annotations."""

    def __iter__(self):
        found = self.queryset
        rows = found.query.get_compiler(found.db).results_iter(
            tuple_expected=True, chunked_fetch=self.chunked_fetch, chunk_size=self.chunk_size
        )
        return cards(found.model, found.db, rows, found._fields[len(COLUMNS) :])


def cards(model, alias, rows, extra=()):
    """The articles of some rows of COLUMNS; `extra` are the names of what stands behind."""
    for row in rows:
        article = _instance(model, alias, dict(zip(ARTICLE, row, strict=False)))
        section, picture = row[_SECTION:_PICTURE], row[_PICTURE : len(COLUMNS)]
        related = article._state.fields_cache
        related["category"] = article.category_id and _related(Category, alias, article.category_id, CATEGORY, section)
        related["photo"] = article.photo_id and _related(Photo, alias, article.photo_id, PHOTO, picture)
        article.row = row[: len(COLUMNS)]
        for name, value in zip(extra, row[len(COLUMNS) :], strict=True):
            setattr(article, name, value)
        yield article


def _related(model, alias, pk, names, values):
    return _instance(model, alias, {"id": pk, **dict(zip(names, values, strict=True))})


def _instance(model, alias, values):
    made = model.__new__(model)
    made.__dict__ = values
    values["_state"] = state = ModelState()
    state.adding, state.db, state.fields_cache = False, alias, {}
    return made
