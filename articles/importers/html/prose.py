"""The article's blocks out of a page, and what among them is title, lede, byline or other news."""

import copy
import logging
import re

import trafilatura

from articles import vietnamese
from articles.importers import related
from articles.importers.lines import bylines, datelines, moments

from . import blocks, boxes, container, heading, markup

WORDS_OF_A_KNOWN_MAKE = 40  # below it the page is of unknown make, and trafilatura is asked
HEAD_BLOCKS = 8
FALLBACK_LIMIT = 2_000_000  # characters; trafilatura takes seconds for more
# It tells the log of every page it finds no text in; the import says that itself, with the file's name.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

_RIGHT = re.compile(r"text-align\s*:\s*right", re.I)
_BYLINE = re.compile(r"(?<![a-z])(?:author\w*|tac-?gia|byline|signature|but-?danh|pauthor|source|nguon)(?![a-z])")


def read(root, text, known, hints=True):
    """The blocks of the page's article, best effort first."""
    holder = container.find(root, hints)
    found = _blocks(holder) if holder is not None else []
    if _words(found) < WORDS_OF_A_KNOWN_MAKE and len(text) < FALLBACK_LIMIT:
        found = max(found, _with_trafilatura(text), _from_json(known), key=_words)
    return found


def _words(found):
    return sum(len(block.text.split()) for block in found if block.kind != "figure")


def _blocks(holder):
    holder = copy.deepcopy(holder)
    boxes.clear(holder)
    found = [block for block in blocks.read(holder) if not related.is_control(block.text)]
    return _without_other_news(found)


def _with_trafilatura(text):
    found = trafilatura.extract(text, output_format="html", include_comments=False, include_formatting=True)
    return blocks.read(markup.parse(found)) if found else []


def _from_json(known):
    """Pages drawn by scripts keep their text in the JSON-LD only."""
    lines = str(known.article.get("articleBody") or "").splitlines()
    paragraphs = [vietnamese.clean_line(line) for line in lines]
    return [blocks.paragraph(line) for line in paragraphs if line]


def _without_other_news(found):
    """Without link boxes; behind "Các tin khác" nothing is the article's."""
    kept, in_box = [], False
    for block in found:
        if block.kind in {"p", "heading"} and related.is_heading(block.text) and kept:
            if vietnamese.key(block.text).startswith(("cac tin", "tin khac", "cac bai")):
                break
            in_box = True
        elif block.kind == "p" and is_link(block):
            continue
        elif not (in_box and block.kind in {"list", "figure"}):
            in_box = False
            kept.append(block)
    return kept


def is_link(block):
    """A paragraph that is one link: to another article, not a part of this one."""
    linked = re.sub(r"<[^>]+>", "", "".join(re.findall(r"<a\b[^>]*>(.*?)</a>", block.html, re.S)))
    return len(linked) > 0.85 * len(block.text) and len(block.text.split()) > 3


def without_head(found, title, lede):
    """Without what precedes the text inside some containers: title, section, date line, the lede once more."""
    said = {vietnamese.key(title or ""), vietnamese.key(lede), vietnamese.key(datelines.strip(lede)[1])}
    keys = [vietnamese.key(block.text) for block in found]
    at = next((place for place, key in enumerate(keys[:HEAD_BLOCKS]) if title and key == vietnamese.key(title)), -1)
    kept = [block for block in found[: at + 1] if block.kind == "figure"]
    for place, block in enumerate(found[at + 1 :]):
        in_head = place < HEAD_BLOCKS and block.kind != "figure"
        if not (in_head and (vietnamese.key(block.text) in said or moments.is_date_line(block.text))):
            kept.append(block)
    return kept


def cut_byline(found):
    """(blocks, byline as printed): up to two short last paragraphs that name somebody."""
    texts = [block for block in found if block.kind == "p"]
    cut = []
    while len(texts) > 1 and len(cut) < 2 and _is_byline(texts[-1]):
        cut.insert(0, texts.pop())
    return [block for block in found if not any(block is gone for gone in cut)], " ".join(b.text for b in cut)


def _is_byline(block):
    if len(block.text) > bylines.LONGEST:
        return False
    if bylines.looks_like(block.text):
        return True
    element = block.element
    if element is None or len(block.text.split()) > 12:
        return False
    style = f"{element.get('style') or ''} {'text-align:right' if element.get('align') == 'right' else ''}"
    return _RIGHT.search(style) is not None or _BYLINE.search(markup.names(element)) is not None


def settle_lede(printed, described, found):
    """(lede, blocks): the printed lede, else the paragraph the page describes itself with, else the first one."""
    paragraphs = [block for block in found if block.kind == "p"]
    if printed:
        return printed, found
    opening = vietnamese.key(datelines.strip(described.rstrip(" .…"))[1])[:60]
    same = [b for b in paragraphs[:3] if opening and vietnamese.key(datelines.strip(b.text)[1]).startswith(opening)]
    whole = " ".join(block.text for block in found)
    if not same and len(described.split()) >= 8 and heading.overlap(described, whole) > 0.6:
        return described, found
    lede = next(iter(same or paragraphs), None)
    return (lede.text if lede else ""), [block for block in found if block is not lede]
