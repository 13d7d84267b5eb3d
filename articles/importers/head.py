"""What stands above the lede of a text page: title, section, date, captions. What cannot be told apart stays text."""

import re
from dataclasses import dataclass
from itertools import groupby

from articles import vietnamese
from articles.models.article import TITLE_LENGTH

from .incoming import IncomingPhoto
from .lines import datelines, moments
from .lines.sentences import close_up, ends_sentence

HEAD_LINES = 10  # the lede is among the first lines, or the page has no head
LONGEST_CAPTION = 400  # characters; a longer line is a paragraph
_CREDIT = re.compile(r"^[(\[]?\s*(?:Ảnh|Nguồn ảnh|Photo|Ảnh minh họa)\s*[:.–-]", re.I)
_CAPTION_MARK = re.compile(r"[(\[]?\bẢnh\s*:|\((?:Trong )?ảnh\)|^Trong ảnh\b|^Ảnh minh h[oọ][aạ]", re.I)
_BREADCRUMB = re.compile(r"\s*[>»›|/]\s*")
_HOME = {"trang chu", "home", "trang nhat", "tin tuc"}


@dataclass(frozen=True)
class Head:
    title: str | None = None
    published_at: object = None
    sections: tuple[str, ...] = ()
    pictures: tuple[IncomingPhoto, ...] = ()


def read_head(lines):
    """(Head, lines from the lede on)."""
    end = _lede_at(lines)
    published_at, sections, rest = None, (), []
    for line in lines[:end]:
        if moments.is_date_line(line):
            published_at = published_at or moments.from_text(line)
        elif crumbs := breadcrumb(line):
            sections = crumbs
        else:
            rest.append(line)
    title, captions = _title_and_captions(_runs(rest))
    if title and not sections and _is_section_above(title, captions):
        sections, title, captions = (title,), captions[0][0], captions[1:]
    return Head(title, published_at, sections, tuple(_pictures(captions))), lines[end:]


def cut_repeated(lines):
    """(lines, photos): the same short line twice in a row is a picture's caption, wherever it stands."""
    kept, captions = [], []
    for line, times in _runs(lines):
        if times > 1 and len(line) <= LONGEST_CAPTION and kept:
            captions.append((line, times))
        else:
            kept.append(line)
    return kept, tuple(_pictures(captions))


def breadcrumb(line):
    """('Kinh tế', 'Nông nghiệp') from 'Trang chủ > Kinh tế > Nông nghiệp'; () when the line is none."""
    parts = [part for part in _BREADCRUMB.split(line) if part]
    if len(line) > 100 or len(parts) < 2 or vietnamese.key(parts[0]) not in _HOME:
        return ()
    return tuple(part for part in parts if vietnamese.key(part) not in _HOME)[:2]


def _runs(lines):
    """[(line, times in a row)]; equal but for punctuation and spaces is equal."""
    grouped = (list(group) for _key, group in groupby(lines, key=lambda line: vietnamese.key(line) or line))
    return [(group[0], len(group)) for group in grouped]


def _lede_at(lines):
    """The place of the lede: behind its dateline, else the first line that can be nothing above it."""
    for at, line in enumerate(lines[:HEAD_LINES]):
        if datelines.strip(line)[0]:
            return at
    at = 0
    while at < min(len(lines) - 1, HEAD_LINES) and _is_head(lines, at):
        at += 1
    return at


def _is_head(lines, at):
    line = lines[at]
    if len(line) > LONGEST_CAPTION:
        return False
    twin = {vietnamese.key(near) for near in lines[max(at - 1, 0) : at] + lines[at + 1 : at + 2]}
    if vietnamese.key(line) in twin or moments.is_date_line(line) or breadcrumb(line):
        return True
    return _CAPTION_MARK.search(line) is not None or (not ends_sentence(line) and len(line) <= TITLE_LENGTH)


def _title_and_captions(runs):
    """The first line is the title, unless it reads as a caption: it ends a sentence, or stands alone and twice."""
    if not runs:
        return None, []
    (first, times), others = runs[0], runs[1:]
    reads_as_caption = ends_sentence(first) and first[-1] not in "?!" or _CAPTION_MARK.search(first)
    alone_twice = times > 1 and not others
    if reads_as_caption or alone_twice or len(first) > TITLE_LENGTH:
        return None, runs
    return first, others


def _is_section_above(title, captions):
    """A lone word or two above what can be a title: 'Kinh tế'."""
    is_words = title.replace(" ", "").replace("-", "").isalpha()
    return (
        is_words
        and len(title.split()) <= 4
        and bool(captions)
        and captions[0][1] == 1
        and not ends_sentence(captions[0][0])
    )


def _pictures(captions):
    """One photo a caption; a line "Ảnh: …" belongs to the caption above it."""
    photos = []
    for line, times in captions:
        if photos and _CREDIT.match(line):
            before = photos.pop()
            line, times = f"{before.caption_as_printed} {line}", before.printed_times
        photos.append(IncomingPhoto(close_up(line), line, times))
    return photos
