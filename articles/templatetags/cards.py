"""The HTML of cards and pictures, each written once and kept while what it shows stays what it is.

Design notes
- Written by hand and not by the template engine, which takes ten times as long, and a day has sixty cards that nobody
  has asked for since this process began. Every value is escaped here; templates get the whole by `{% card %}` and
  `{% picture %}` (templatetags/news.py).
- What is kept is kept by the very values that it shows (`Article.row`, models/cards.py), the language, and whether the
  story is of today. A changed title, photo or section's name is another key: nothing here has to be told of a change.
"""

from functools import lru_cache
from html import escape

from django.utils.translation import gettext, gettext_noop

from articles import days
from articles.models import Article, Genre
from articles.models.cards import cards

KEPT = 4096  # cards and pictures, 1 to 2 KB each
ROW_SIZES = "(min-width: 36rem) 14rem, 30vw"
_GENRES = {
    Genre.VIDEO: gettext_noop("Video"),
    Genre.PHOTOS: gettext_noop("Photos"),
    Genre.INFOGRAPHIC: gettext_noop("Infographic"),
    Genre.LIVE: gettext_noop("Live"),
}
_SHORT = {"line", "strip"}  # no lede
_SHOWN = ("master", "alt", "caption", "width", "height", "edition", "focus_x", "focus_y")
_SHOWN += ("crop_x", "crop_y", "crop_width")


def iso(moment):
    return moment.astimezone(days.VIETNAM).isoformat(timespec="seconds")


def srcset(sources):
    return ", ".join(f"{url} {width}w" for url, width in sources)


@lru_cache(KEPT)
def card(row, language, is_today, kind, level, show_section, sizes, eager, clock_only):
    """The card of an article's row; all that it depends on is among the arguments."""
    article = next(cards(Article, None, [row]))
    return written(article, article.title, article.lede, is_today, kind, level, show_section, sizes, eager, clock_only)


def written(article, title, lede, is_today, kind, level, show_section, sizes, eager, clock_only):
    """The same with a title and a lede of its own, in which what was searched is marked: escaped where not safe."""
    photo = article.photo if article.photo and article.photo.master else None
    box = ""
    if photo and kind != "line":
        box = f'<div class="card-picture">{picture(photo, "card", sizes or ROW_SIZES, eager)}</div>\n'
    kicker = f'<p class="kicker">{escape(article.kicker)}</p>\n' if article.kicker and kind != "strip" else ""
    teaser = "" if kind in _SHORT else f'<p class="card-lede">{_escaped(lede)}</p>\n'
    return (
        f'<article class="card card-{kind}{"" if photo else " card-no-picture"}">\n{box}<div class="card-words">\n'
        f'{kicker}<h{level}><a href="{article.get_absolute_url()}">{_escaped(title)}</a></h{level}>\n{teaser}'
        f'<p class="card-about">{_about(article, kind, show_section)}<time datetime="{iso(article.published_at)}">'
        f"{_clock(article.published_at, is_today, clock_only)}</time></p>\n</div>\n</article>\n"
    )


def _about(article, kind, show_section):
    genre = _GENRES.get(article.genre) if kind != "strip" else None
    words = f'<span class="card-genre">{escape(gettext(genre))}</span> ' if genre else ""
    if show_section:
        section = article.category
        words += f'<a href="{section.get_absolute_url()}">{escape(section.name)}</a> · '
    return words


def _clock(moment, is_today, clock_only):
    local = moment.astimezone(days.VIETNAM)
    return f"{local:%H:%M}" if clock_only or is_today else f"{local:%d/%m/%Y}"


def _escaped(text):
    return text.__html__() if hasattr(text, "__html__") else escape(str(text))


def picture(photo, shape, sizes, eager):
    """A photo in all its formats. shape: "card" is the 3:2 crop, else the whole; eager: it is seen first."""
    return _picture(type(photo), tuple(getattr(photo, name) for name in _SHOWN), shape, sizes, eager)


@lru_cache(KEPT)
def _picture(model, values, shape, sizes, eager):
    photo = model(**dict(zip(_SHOWN, values, strict=True)))
    if not photo.master:
        return ""
    files = photo.card if shape == "card" else photo.whole
    sources = "".join(
        f'<source type="image/{kind}" srcset="{escape(srcset(found))}" sizes="{escape(sizes)}">'
        for kind, found in (("avif", files.avif), ("webp", files.webp))
        if found or kind == "webp"
    )
    way = 'fetchpriority="high"' if eager else 'loading="lazy"'
    return (
        f'<picture>{sources}<img src="{escape(files.url)}" width="{files.width}" height="{files.height}" '
        f'alt="{escape(photo.alt or photo.caption)}" {way} decoding="async"></picture>'
    )
