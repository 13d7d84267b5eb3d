"""What two versions say differently: by fields, by paragraphs, by words within sentences; and who wrote what.

Design note: words are compared only between paragraphs that correspond to each other: word by word through a whole
text costs seconds and finds chance likenesses, paragraph by paragraph first costs milliseconds.
"""

import html
import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from articles import days, richtext
from articles.models import Article, Author, Category, Photo, Topic

from . import documents, merge

SAME, OUT, IN = "same", "out", "in"
LIKE = 0.4  # share of equal words from which two paragraphs count as one that was rewritten
_WORDS = re.compile(r"\s+|[^\s]+")
_PICTURE = re.compile(r'<img[^>]*\ssrc="([^"]+)"')
TEXTS = {"title", "kicker", "lede", "editor_note", "dateline"}


@dataclass(frozen=True)
class Paragraph:
    """`pieces`: [(SAME, OUT or IN, text)]; `pictures`: [(OUT, IN or SAME, address)]."""

    kind: str
    pieces: list
    pictures: list = field(default_factory=list)


@dataclass(frozen=True)
class Change:
    """`paragraphs` of a text; of anything else `before` and `after` in words; `pictures`: [(OUT or IN, address)]."""

    name: str
    label: str
    paragraphs: list = field(default_factory=list)
    before: list = field(default_factory=list)
    after: list = field(default_factory=list)
    pictures: list = field(default_factory=list)


def differences(before, after):
    """The Changes from one document to another, in the order of the form."""
    changed = documents.changed(before, after)
    names = [*documents.FIELDS, *documents.MANY, *documents.ROWS]
    return [_change(name, before.get(name), after.get(name)) for name in names if name in changed]


def _change(name, before, after):
    label = documents.label(name)
    if name == "body":
        return Change(name, label, paragraphs=paragraphs(before or "", after or ""))
    if name in TEXTS:
        return Change(name, label, paragraphs=[Paragraph(SAME, words(before or "", after or ""))])
    sides = {"before": described(name, before), "after": described(name, after)}
    return Change(name, label, **sides, pictures=_photos(name, before, after))


def _photos(name, before, after):
    """What came and what went of the lead photo or the gallery."""
    if name not in {"photo", "gallery"}:
        return []
    old, new = ([row["photo"] for row in side or []] if name == "gallery" else [side] for side in (before, after))
    thumbnails = {photo.pk: photo.thumbnail for photo in Photo.objects.filter(pk__in=filter(None, [*old, *new]))}
    moved = [*((OUT, pk) for pk in old if pk not in new), *((IN, pk) for pk in new if pk not in old)]
    return [(kind, thumbnails[pk]) for kind, pk in moved if thumbnails.get(pk)]


# Texts


def words(before, after):
    """[(SAME, OUT or IN, text)] of two texts, by words."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    pieces = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append((SAME, "".join(old[a:b])))
            continue
        pieces += [(side, "".join(part)) for side, part in ((OUT, old[a:b]), (IN, new[c:d])) if part]
    return pieces


def paragraphs(before, after):
    """The Paragraphs of two bodies; those that stay the same are shown, so that a change has its place."""
    old, new = merge.split(before), merge.split(after)
    found = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found += [Paragraph(SAME, [(SAME, text_of(block))], _pictures(SAME, block)) for block in old[a:b]]
        else:
            found += _rewritten(old[a:b], new[c:d])
    return found


def _rewritten(old, new):
    """Pairs of likely the same paragraph, in order; the others came or went as a whole."""
    found = []
    for block in new:
        place = next((place for place, other in enumerate(old) if likeness(other, block) >= LIKE), None)
        if place is None:
            found.append(Paragraph(IN, [(IN, text_of(block))], _pictures(IN, block)))
            continue
        found += [_gone(gone) for gone in old[:place]]
        pictures = [] if _PICTURE.findall(old[place]) == _PICTURE.findall(block) else _pictures(OUT, old[place])
        pictures += _pictures(IN if pictures else SAME, block)
        found.append(Paragraph(SAME, words(text_of(old[place]), text_of(block)), pictures))
        old = old[place + 1 :]
    return found + [_gone(gone) for gone in old]


def _gone(block):
    return Paragraph(OUT, [(OUT, text_of(block))], _pictures(OUT, block))


def likeness(one, other):
    """The share of words that two blocks have in common, 0 to 1."""
    first, second = (set(text_of(block).lower().split()) for block in (one, other))
    return len(first & second) / max(len(first | second), 1)


def text_of(block):
    """A block as text; what marks it as a heading, a quote or a list says so itself."""
    return richtext.to_text(block)


def _pictures(kind, block):
    return [(kind, html.unescape(address)) for address in _PICTURE.findall(block)]


# Who wrote it


def authorship(revisions):
    """[(block of the newest body, revision that brought it)]. `revisions`: the oldest first.

    A paragraph belongs to the version from which on its words stand as they are.
    """
    owners = []
    for revision in revisions:
        blocks = merge.split(revision.document.get("body") or "")
        old = [block for block, _owner in owners]
        matcher = SequenceMatcher(None, old, blocks, autojunk=False)
        kept = {c + step: owners[a + step][1] for a, c, size in matcher.get_matching_blocks() for step in range(size)}
        owners = [(block, kept.get(place, revision)) for place, block in enumerate(blocks)]
    return owners


# Everything else in words


def described(name, value):
    """A value of a document as lines a person reads."""
    if value in (None, "", []):
        return []
    if name in documents.ROWS:
        return [_row(name, row) for row in value]
    if name == "category":
        return _named(Category, [value])
    if name == "photo":
        return [f"{photo}" for photo in Photo.objects.filter(pk=value)] or [f"#{value}"]
    if name == "topics":
        return _named(Topic, value)
    if name in {"published_at", "embargo_until", "interview_shown_at"}:
        return [days.moment_text(value)]
    field_ = Article._meta.get_field(name)
    if field_.choices:
        return [str(dict(field_.flatchoices).get(value, value))]
    return [str(value)]


def _named(model, keys):
    return [str(one) for one in model.objects.filter(pk__in=keys)]


def _row(name, row):
    if name == "bylines":
        who = Author.objects.filter(pk=row["author"]).first() if row["author"] else None
        return f"{who or row['as_printed']} ({row['role']})"
    if name == "links":
        target = Article.objects.filter(pk=row["target"]).first() if row["target"] else None
        return row["title"] or str(target or "") or row["url"]
    if name == "gallery":
        return "".join(_named(Photo, [row["photo"]]))
    if name == "attachments":
        return row["title"]
    return f"{days.moment_text(row['posted_at'])} {row['title']} {richtext.to_text(row['body'])}".strip()
