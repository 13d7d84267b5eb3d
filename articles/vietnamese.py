"""Vietnamese text: one normal form, one folding, one tone style, one slug, one sort order.

Sources: the Unicode Standard (NFC, UAX 15); the alphabet and the order of tones as ICU's `vi` collation has them.
"""

import re
import unicodedata
from functools import lru_cache

D_STROKE = str.maketrans({"đ": "d", "Đ": "D"})  # đ has no decomposition: removing marks never turns it into d

# Control characters but tab and newlines, lone surrogates, noncharacters, zero-width characters, the soft hyphen, the
# byte order mark, bidirectional overrides: no reader sees them, and each breaks a search, a slug, a feed (XML forbids
# some) or a line of the log.
_NEVER_SEEN = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff"
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
)
_JOINER = "\u200d"
# The joiner stays where it joins pictographs.
_INVISIBLE = re.compile(f"[{_NEVER_SEEN}]|(?<![\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]){_JOINER}")
_SUSPECT = re.compile(f"[{_NEVER_SEEN}{_JOINER}]")  # one class, which runs over a text ten times as fast
_NOT_SLUG = re.compile(r"[^a-z0-9]+")

SLUG_LENGTH = 100
WORDS_A_MINUTE = 230  # that a reader takes in: syllables, which Vietnamese writes as words


def clean(text):
    """`text` in NFC without invisible characters; spaces, tabs and line ends stay."""
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text) if _SUSPECT.search(text) else text)


def clean_line(text):
    """`text` on one line: clean, runs of space of any kind (no-break too) as one space, ends trimmed."""
    return " ".join(clean(text).split())


def clean_lines(text):
    """`text` on several lines, each clean and trimmed."""
    return "\n".join(clean_line(line) for line in clean(text).splitlines()).strip()


def fold(text):
    """The search form: lower case, no marks, đ as d. 'Đà Bắc: HIỆU QUẢ' → 'da bac: hieu qua'."""
    return text.translate(_FOLDED) if _PLAIN.fullmatch(text) else _fold(text)


def keeps_places(text):
    """Whether each character of a text is folded to one: what is found in the folded text stands there in the text."""
    return _PLAIN.fullmatch(text) is not None


def _fold(text):
    """The same for any text, ten times slower."""
    decomposed = unicodedata.normalize("NFD", clean(text).lower().translate(D_STROKE))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


# Latin letters and common punctuation: characters that stand for themselves whatever stands beside them, so that each
# is folded alone. Nothing that a mark behind it could change, which is why no mark is among them.
_LATIN = [*range(0x20, 0x7F), *range(0xA0, 0xAD), *range(0xAE, 0x250), *range(0x1E00, 0x1F00)]
_FOLDED = {code: _fold(chr(code)) for code in [0x09, 0x0A, *_LATIN, *range(0x2010, 0x2028), 0x20AB]}
_FOLDED = {code: folded for code, folded in _FOLDED.items() if code not in (0x200B, 0x200C, 0x200D, 0x200E, 0x200F)}
_PLAIN = re.compile(f"[{''.join(re.escape(chr(code)) for code in _FOLDED)}]*")


_SPELLINGS = {}
for _code, _folded in _FOLDED.items():
    _SPELLINGS[_folded] = _SPELLINGS.get(_folded, "") + chr(_code)


def spelled(char):
    """The regular expression of a folded character as a text that keeps its places may spell it: to look for words
    without folding the text first, which takes twice as long."""
    return f"[{re.escape(_SPELLINGS.get(char, char))}]"


# The mark of open oa, oe and uy stands on the first letter in the old style (hòa, khỏe, thúy), which newspapers write,
# and on the second in the new one (hoà, khoẻ, thuý). A further letter behind makes it one form: hoài, toàn, quý.
_OLD_TONES = {}
for _letters in ("oa", "oe", "uy"):
    for _mark in "\u0300\u0301\u0303\u0309\u0323":
        _new, _old = (
            unicodedata.normalize("NFC", word) for word in (_letters + _mark, _letters[0] + _mark + _letters[1])
        )
        _OLD_TONES |= {_new: _old, _new.upper(): _old.upper(), _new.capitalize(): _old.capitalize()}
# With what all begin with in front, an expression passes over a text six times as fast.
_NEW_STYLE = re.compile(
    r"[uUoO](?:(?<=[oO])[àáãảạÀÁÃẢẠèéẽẻẹÈÉẼẺẸ]|(?<=[uU])(?<![qQ].)[ỳýỹỷỵỲÝỸỶỴ])(?![^\W\d_])", re.DOTALL
)


def tone_style(text):
    """A text in NFC with its tone marks in the old style: 'hoà, khoẻ, Thuý' → 'hòa, khỏe, Thúy'; 'quý' stays."""
    return _NEW_STYLE.sub(lambda match: _OLD_TONES.get(match[0], match[0]), text)


def key(text):
    """The form by which two titles are the same: folded words, punctuation gone."""
    return " ".join(re.findall(r"[^\W_]+", fold(text)))


def slug(text):
    """'Huyện Đà Bắc đổi mới' → 'huyen-da-bac-doi-moi', cut at a hyphen to at most 100 characters; may be ''."""
    whole = _NOT_SLUG.sub("-", fold(text)).strip("-")
    if len(whole) <= SLUG_LENGTH:
        return whole
    cut = whole[: SLUG_LENGTH + 1]
    return cut[: cut.rfind("-")] if "-" in cut else whole[:SLUG_LENGTH]


_LETTERS = {letter: rank for rank, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
_TONES = {"": 0, "\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}  # ngang huyền hỏi ngã sắc nặng


def sort_key(text):
    """Orders as a Vietnamese dictionary does: letters first (d < đ, o < ô < ơ), tones only break ties."""
    ranks = [_rank(char) for char in clean(text).lower()]
    return [letter for letter, _tone in ranks], [tone for _letter, tone in ranks]


@lru_cache(maxsize=1_000)
def _rank(char):
    parts = unicodedata.normalize("NFD", char)
    tone = next((mark for mark in parts[1:] if mark in _TONES), "")
    base = unicodedata.normalize("NFC", parts.replace(tone, "")) if tone else char
    return _LETTERS.get(base, -1 if base.isspace() else 100 + ord(base[0])), _TONES[tone]
