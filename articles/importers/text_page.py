"""A page as plain text, as a browser's "save as text" or an old extraction left it.

The order on such pages: title, section and date when the page has them, the caption (often twice: the picture's
alternative text and the visible line), the lede behind its dateline, the paragraphs, the byline pushed to the right by
a run of no-break spaces, then the related news and the day archive's form.
"""

import html
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from articles import richtext, vietnamese

from . import related
from .head import cut_repeated, read_head
from .incoming import FEWEST_WORDS, ImportRefused, IncomingArticle, fit_lede, refuse_too_long
from .lines import bylines, datelines

LONGEST_PARAGRAPH = 100_000  # characters; a "line" beyond it is data, not prose
WRAP_COLUMN, BROKEN_PARAGRAPH = 130, 10_000  # characters

_PUSHED_RIGHT = re.compile(r"[ \t\u00a0\u2002-\u200a\u3000]{8,}")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Line:
    text: str
    pushed_right: bool = False  # by a run of spaces, as old editors aligned a byline


def parse(text):
    """The article in a text page, or ImportRefused."""
    refuse_too_long(text)
    read = read_lines(text)
    pushed = {line.text for line in read if line.pushed_right}
    lines, form = related.cut_archive_form([line.text for line in read])
    lines, heading, links = _cut_related(lines)
    lines = [line for line in lines if not related.is_control(line)]
    lines, byline = _cut_byline(lines, pushed)
    head, lines = read_head(lines)
    lines, captions = cut_repeated(lines)
    _refuse_if_no_article(lines)
    dateline, lede = datelines.strip(lines[0])
    lede, paragraphs = fit_lede(lede, lines[1:])
    return IncomingArticle(
        title=head.title,
        published_at=head.published_at,
        dateline=dateline,
        lede=lede,
        body=to_html(paragraphs),
        byline_as_printed=byline or None,
        credits=bylines.parse(byline),
        pictures=(*head.pictures, *captions),
        related_heading=heading,
        related=links,
        archive_form=form,
        sections=head.sections,
    )


def to_html(paragraphs):
    return richtext.clean("\n".join(f"<p>{html.escape(text, quote=False)}</p>" for text in paragraphs))


def read_lines(text):
    """The lines that hold words, clean; a paragraph broken over several lines made whole."""
    found = []
    for block in re.split(r"\n[ \t\u00a0]*\n", text):
        lines = [line for raw in block.split("\n") for line in _lines_of(raw) if line.text]
        if any(len(line.text) > LONGEST_PARAGRAPH for line in lines):
            raise ImportRefused(_("A line of the file is too long for a paragraph."))
        found += _unwrap(lines)
    return found


def _lines_of(raw):
    """One line; two where a byline was pushed to the right behind the last words of a paragraph."""
    *before, last = _PUSHED_RIGHT.split(raw)
    before, last = vietnamese.clean_line(" ".join(before)), vietnamese.clean_line(last)
    if not before or bylines.looks_like(last):
        return [Line(before), Line(last, _PUSHED_RIGHT.search(raw) is not None)]
    return [Line(vietnamese.clean_line(raw))]


def _unwrap(lines):
    """Lines broken at a column are one paragraph: they are even, and some line opens in the middle of a sentence."""
    broken = [line.text[0].islower() for line in lines]
    if any(broken[1:]) and max(len(line.text) for line in lines) <= WRAP_COLUMN:
        return [Line(" ".join(line.text for line in lines))]
    joined = []
    for line, is_middle in zip(lines, broken, strict=True):
        if is_middle and joined and len(joined[-1].text) < BROKEN_PARAGRAPH:
            line = Line(f"{joined.pop().text} {line.text}")
        joined.append(line)
    return joined


def _cut_related(lines):
    """(lines of the article, heading or None, links)."""
    starts = [at for at, line in enumerate(lines) if at and related.is_heading(line)]
    if not starts:
        return lines, None, ()
    return (
        lines[: starts[0]],
        lines[starts[0]].rstrip(" :"),
        related.pair([line for line in lines[starts[0] + 1 :] if not related.is_heading(line)]),
    )


def _cut_byline(lines, pushed):
    """(lines, byline as printed): the last short line, pushed right or by its words; two when both are."""
    cut = len(lines)
    while cut > 1 and len(lines) - cut < 2 and _is_byline(lines[cut - 1], pushed):
        cut -= 1
    return lines[:cut], " ".join(lines[cut:])


def _is_byline(line, pushed):
    if len(line) > bylines.LONGEST or datelines.strip(line)[0]:
        return False
    return line in pushed or bylines.looks_like(line)


def _refuse_if_no_article(lines):
    words = sum(len(_WORD.findall(line)) for line in lines)
    letters = sum(char.isalpha() or char.isspace() for line in lines for char in line)
    if words < FEWEST_WORDS or letters < 0.7 * sum(map(len, lines)):
        raise ImportRefused(_("No article text was found in the file."))
