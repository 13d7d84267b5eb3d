"""Where the archive of a day, a month and a year stands: /ngay/2010/11/22/, /kinh-te/ngay/2010/11/. `section`: a
Category, or None for all."""

from functools import cache

from django.urls import reverse

FEEDS = {"rss": "application/rss+xml", "atom": "application/atom+xml", "json": "application/feed+json"}


@cache
def of_form():
    """Where a form with a day and a section leads."""
    return reverse("archive")


def of_day(day, section=None):
    return _path("archive-day", section, f"{day:%Y}", f"{day:%m}", f"{day:%d}")


def of_month(day, section=None):
    return _path("archive-month", section, f"{day:%Y}", f"{day:%m}")


def of_year(day, section=None):
    return _path("archive-year", section, f"{day:%Y}")


def of_feeds(day, section=None):
    """[(kind, media type, path)] of a day's news for machines."""
    parts = [f"{day:%Y}", f"{day:%m}", f"{day:%d}"]
    return [(kind, media, _path(f"archive-feed-{kind}", section, *parts)) for kind, media in FEEDS.items()]


def _path(name, section, *parts):
    name, parts = (f"section-{name}", (section.slug, *parts)) if section else (name, parts)
    return _pattern(name, bool(section), len(parts)).format(*parts)


@cache
def _pattern(name, has_section, number):
    """As `reverse` would write it, which a calendar of thirty days has no time to ask."""
    stand_ins = [*(["s-0"] if has_section else []), "1001", "02", "03"][:number]
    path = reverse(name, args=stand_ins)
    for stand_in in stand_ins:
        path = path.replace(stand_in, "{}")
    return path
