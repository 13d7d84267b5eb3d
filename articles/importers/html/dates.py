"""When a page was published: its markup, its date line, its address; never today's date in a masthead."""

import re

from django.utils import timezone
from htmldate import find_date
from lxml import html

from articles import vietnamese
from articles.importers.lines import moments

from . import facts, markup

_MASTHEAD = re.compile(r"today|current|now|clock|weather|masthead|top-?bar|header-?top|footer|hom-?nay|menu")
_DATE = re.compile(
    r"(?<![a-z])(?:date|time|datetime|publish\w*|post-?date|entry-?date|ngay-?dang|thoi-?gian|pdate)(?![a-z])"
)
_STAMP = re.compile(r"(?<!\d)((?:19|20)\d{2})([01]\d)([0-3]\d)(?:([0-2]\d)([0-5]\d)([0-5]\d)\d{0,3})(?!\d)")
_FOLDERS = re.compile(r"/((?:19|20)\d{2})/([01]?\d)/([0-3]?\d)(?:/|$)")
NEAR = 80  # elements between a title and its date line


def find(root, known, url, title):
    """An aware datetime, or None."""
    return (
        facts.published_at(known)
        or _from_markup(root)
        or _from_date_line(root, title)
        or _from_address(url)
        or _from_htmldate(root, url)
    )


def _from_markup(root):
    marked = [e for e in root.iter() if "datePublished" in (e.get("itemprop") or "")]
    times = [e for e in root.iter("time") if e.get("datetime") and not _in_masthead(e)]
    scoped = [e for e in times if any(above.tag in {"article", "main"} for above in e.iterancestors())]
    for element in [*marked, *scoped, *times[:1]]:
        stamp = element.get("datetime") or element.get("content") or markup.text_of(element)
        if found := moments.from_iso(stamp) or moments.from_text(stamp):
            return found
    return None


def _from_date_line(root, title):
    """The line nearest to the title: first those behind it, then those before it."""
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    at = _place_of(elements, title)
    lines = [(place, line) for place, element in enumerate(elements) if (line := _date_line(element))]
    behind = [line for place, line in lines if at is not None and at <= place <= at + NEAR]
    before = [line for place, line in reversed(lines) if at is not None and at - NEAR // 2 <= place < at]
    alone = [line for _place, line in lines] if at is None and len({line for _place, line in lines}) == 1 else []
    return next(filter(None, map(moments.from_text, [*behind, *before, *alone])), None)


def _place_of(elements, title):
    """Where in the page the title is printed, the last of equals: the first may be a menu's."""
    wanted = vietnamese.key(title or "")
    if not wanted:
        return None
    places = [
        p for p, e in enumerate(elements) if e.tag in {"h1", "h2", "h3"} and vietnamese.key(markup.text_of(e)) == wanted
    ]
    if not places:
        short = ((p, e) for p, e in enumerate(elements) if e.tag not in {"title", "a", "script"} and len(e) < 3)
        places = [p for p, e in short if vietnamese.key("".join(e.itertext())[:600]) == wanted]
    return places[0] if places else None


def _date_line(element):
    if len(element) > 8 or element.tag in {"script", "style", "option", "title"}:
        return ""
    words = "".join(element.itertext())
    if len(words) > 300:
        return ""
    line = vietnamese.clean_line(words)
    named = _DATE.search(markup.names(element)) and len(line) < 120 and moments.from_text(line)
    return line if (moments.is_date_line(line) or named) and not _in_masthead(element) else ""


def _in_masthead(element):
    around = [element, *element.iterancestors()]
    return any(
        e.tag in {"nav", "footer", "aside", "form"} or _MASTHEAD.search(markup.names(e))
        for e in around
        if e.tag != "body"
    )


def _from_address(url):
    """The stamp in ids such as -20221224012650880.htm, or the folders /2022/12/24/."""
    if match := _STAMP.search(url):
        year, month, day, *clock = match.groups()
        return moments.from_iso(f"{year}-{month}-{day} {':'.join(clock)}")
    match = _FOLDERS.search(url)
    return moments.from_iso("-".join(match.groups())) if match else None


def _from_htmldate(root, url):
    """htmldate knows more habits of sites; its guesses from loose text are left out, and so is the future."""
    try:
        page = html.fromstring(html.tostring(root))
        found = find_date(page, extensive_search=False, original_date=True, url=url or None, max_date=timezone.now())
    except (ValueError, TypeError, OverflowError, AttributeError):
        return None
    return moments.from_iso(found) if found else None
