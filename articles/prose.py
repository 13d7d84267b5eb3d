"""Mechanical slips in Vietnamese prose: places where the eye stumbles and a rule is sure.

Each function gives the places of one kind, quoted from the text, in its order. They take plain text, a line for each
block, and only what is prose: no addresses, no code, no tables (`of_body` leaves these out).

Design note: a rule that cries wolf is switched off on the second day. So each is narrower than the grammar: words and
not numbers, a full stop only between a small and a capital letter; a doubled word only before a number ("từ từ" is
good Vietnamese). Tone placement: "hòa" and "hoà" are both right, only their mixture in one text is not; names keep
the way their bearers write them, so capitals do not count.
"""

import re

from . import richtext

AROUND = 12  # characters quoted on each side of a place

_ADDRESS = re.compile(r"(?<!\S)\S*(?:://|www\.|@)\S*")  # tried once a word: a long one must not cost its square
_NO_PROSE = re.compile(r"<(table|pre|code)\b.*?</\1>", re.DOTALL)
_LETTER = r"[^\W\d_]"

_SPACE_BEFORE = re.compile(rf"(?<={_LETTER}) +[,.;:!?](?=\s|$)", re.MULTILINE)
_NO_SPACE_AFTER = re.compile(rf"(?<={_LETTER})[,;](?={_LETTER})")
_STOP_AND_WORD = re.compile(rf"(?<![\w.])({_LETTER}{{2,}})\.({_LETTER}+)")
_HYPHEN = re.compile(rf"{_LETTER}- +{_LETTER}|{_LETTER} +-{_LETTER}")
_QUOTES = re.compile(r'(?<!\d)"[^"“”\n]+”|“[^"“”\n]+"')
_DOUBLED = re.compile(rf"\b({_LETTER}+) \1(?= \d)", re.IGNORECASE)
_WORD = re.compile(rf"{_LETTER}+")
_OLD_TONE = re.compile(r"(?:[òóỏõọ][ae]|(?<!q)[ùúủũụ]y)$")
_NEW_TONE = re.compile(r"(?:o[àáảãạèéẻẽẹ]|(?<!q)u[ỳýỷỹỵ])$")


def of_body(body):
    """The prose of clean HTML, a line for each block."""
    return richtext.to_text(_NO_PROSE.sub("\n", body))


def spaces_before_marks(text):
    """'phát triển lao động .'"""
    return _places(_SPACE_BEFORE, text)


def marks_without_space(text):
    """'Hòa Bình,Phú Thọ' and 'xong.Ông', not '2,5' and not 'TP.HCM'."""
    text = _without_addresses(text)
    found = [*_NO_SPACE_AFTER.finditer(text), *filter(_ends_a_sentence, _STOP_AND_WORD.finditer(text))]
    return [_quote(text, match.span()) for match in sorted(found, key=lambda match: match.start())]


def lone_hyphens(text):
    """'sản xuất- kinh doanh'"""
    return _places(_HYPHEN, text)


def uneven_quotes(text):
    """'"Mỗi xã một sản phẩm”'"""
    return _places(_QUOTES, text)


def doubled_before_number(text):
    """'từ năm năm 2006'"""
    return _places(_DOUBLED, text)


def mixed_tones(text):
    """['ủy', 'xoá']: one word of each way of placing the tone, where a text has both; else nothing."""
    words = [word for word in _WORD.findall(_without_addresses(text)) if word.islower()]
    old = next(filter(_OLD_TONE.search, words), None)
    new = next(filter(_NEW_TONE.search, words), None)
    return [old, new] if old and new else []


def _ends_a_sentence(match):
    before, after = match.groups()
    return before.islower() and after[0].isupper() and after[1:].islower()


def _places(pattern, text):
    text = _without_addresses(text)
    return [_quote(text, match.span()) for match in pattern.finditer(text)]


def _without_addresses(text):
    """A cipher in the place of each: what stands beside an address is judged as beside a number."""
    return _ADDRESS.sub("0", text)


def _quote(text, span):
    """What stands in a span with the whole words about it, on one line."""
    begin, end = span
    left = text[max(0, begin - AROUND) : begin].rpartition("\n")[2]
    right = text[end : end + AROUND].partition("\n")[0]
    if begin > AROUND and len(left) == AROUND:
        left = left.partition(" ")[2] or left
    if len(right) == AROUND:
        right = right.rpartition(" ")[0] or right
    return f"{left}{text[begin:end]}{right}".strip()
