"""The line under an old article: who wrote it, who took the photos, whom it follows.

Measured on 2,857 last lines of real articles: a name or pen name (half of them), "Theo <nguồn>", initials, two names,
"(TH)", "PV", "Bài: …; Ảnh: …". What is none of these stays words: an author is never invented.
"""

import re
from dataclasses import dataclass

from articles import vietnamese

TEXT, PHOTO, TEXT_PHOTO, COMPILED, TRANSLATED, SOURCE = [
    "text",
    "photo",
    "text_photo",
    "compiled",
    "translated",
    "source",
]

LONGEST_LINE = 300
LONGEST = 120  # characters; a longer last line is a paragraph

_LABELS = {
    "bai": TEXT, "tin": TEXT, "tin bai": TEXT, "thuc hien": TEXT, "bai viet": TEXT, "tac gia": TEXT, "noi dung": TEXT,
    "anh": PHOTO, "hinh anh": PHOTO, "video": PHOTO, "clip": PHOTO, "do hoa": PHOTO, "anh video": PHOTO,
    "bai anh": TEXT_PHOTO, "bai va anh": TEXT_PHOTO, "tin anh": TEXT_PHOTO, "tin va anh": TEXT_PHOTO,
    "tin bai anh": TEXT_PHOTO, "nguon": SOURCE, "theo": SOURCE, "dich": TRANSLATED, "luoc dich": TRANSLATED,
    "bien dich": TRANSLATED, "tong hop": COMPILED, "nguoi tong hop": COMPILED,
}  # fmt: skip
_ROLE_WORDS = {
    "th": COMPILED, "t h": COMPILED, "tong hop": COMPILED, "pv tong hop": COMPILED, "luoc dich": TRANSLATED,
    "dich": TRANSLATED, "bien dich": TRANSLATED, "thuc hien": TEXT, "luoc thuat": COMPILED, "bien soan": COMPILED,
}  # fmt: skip
_STAFF = {"pv", "p v", "bbt", "ctv", "btv", "nhom pv", "nhom phong vien", "phong vien", "toa soan", "pv ctv"}

_LABEL = re.compile(r"(?:(?<=^)|(?<=[;.|\s–-]))((?:[^\W\d_]+(?:,\s?|\s+(?:và\s+)?)?){1,4}?)\s*:\s*")
_STAFF_PREFIX = re.compile(
    r"^(?:(?:nhóm\s+)?(?:PV|P\.V|CTV|BTV)|phóng viên|cộng tác viên|nhà báo|tác giả)\s+(?=\w)", re.I
)
_BETWEEN_NAMES = re.compile(r"\s+[-–—]\s+|\s*[,&;/+]\s*|\s+và\s+")
_AT_END = re.compile(r"^(?P<before>.+?)\s*\((?P<inner>[^()]+)\)$")
_THEO = re.compile(r"^theo\s*:?\s+(?=\w)", re.I)
_AGENCY = re.compile(r"[^\W\d_a-z]{2}|\w+\.(?:vn|com|net)")
_INITIALS = re.compile(r"(?:[^\W\d_a-z]\.\s?){1,3}[^\W\d_]*\.?")


@dataclass(frozen=True)
class Credit:
    """`name` is a person's or pen name; without one, `as_printed` holds the words ("PV", "Theo TTXVN")."""

    name: str | None
    role: str
    as_printed: str


def parse(line):
    """The credits of a byline, in order. '' gives none."""
    text = _unwrap(vietnamese.clean_line(line))
    if not text:
        return ()
    if len(text) > LONGEST_LINE:
        return (Credit(None, TEXT, text),)
    labelled = _labelled(text)
    return tuple(labelled if labelled else _unlabelled(text, TEXT))


def looks_like(line):
    """Whether a short last line can be nothing but a byline."""
    text = _unwrap(line)
    if not text or len(line) > LONGEST:
        return False
    return any(credit.name or _is_known_words(credit) for credit in parse(line))


def is_name(text):
    """2-5 capitalised syllables, or initials as in 'T.Lê'."""
    words = text.split()
    if _INITIALS.fullmatch(text):
        return text[0].isupper()
    return 2 <= len(words) <= 5 and len(text) <= 50 and all(_is_capitalised(word) for word in words)


def _is_capitalised(word):
    return word[0].isupper() and all(char.isalpha() or char in "'’-." for char in word)


def _is_known_words(credit):
    key = vietnamese.key(credit.as_printed)
    return credit.role == SOURCE or key in _STAFF or key in _ROLE_WORDS


def _unwrap(text):
    """Without the final stop and the brackets around it all; 'P.V' keeps its inner stop."""
    text = text.strip(" \t*-–—_").rstrip(" .,;:")
    if text.startswith("(") and text.endswith(")") and "(" not in text[1:]:
        text = text[1:-1].strip().rstrip(" .,;:")
    return text


def _labelled(text):
    """'Bài: SỸ ĐÔNG; Ảnh: HOÀNG TRIỀU' in its parts; [] when no known label opens the line."""
    marks = [(match, _LABELS.get(vietnamese.key(match[1]))) for match in _LABEL.finditer(text)]
    marks = [(match, role) for match, role in marks if role]
    if not marks or marks[0][0].start() > 0:
        return []
    ends = [match.start() for match, _role in marks[1:]] + [len(text)]
    found = []
    for (match, role), end in zip(marks, ends, strict=True):
        part = text[match.end() : end].strip(" ;,.|-–")
        found += _unlabelled(part, role) if part else []
    return found


def _unlabelled(text, role):
    if role == SOURCE:
        return [Credit(None, SOURCE, text)]
    if _THEO.match(text):
        return [Credit(None, SOURCE, text)]
    if vietnamese.key(text) in _ROLE_WORDS:
        return [Credit(None, _ROLE_WORDS[vietnamese.key(text)], text)]
    if vietnamese.key(text) in _STAFF:
        return [Credit(None, role, text)]
    if match := _AT_END.match(text):
        return _with_remark(match["before"], match["inner"].strip(), role)
    return _people(text, role)


def _with_remark(before, inner, role):
    """'Lam Phong (Theo TASS)', 'Minh Anh (lược dịch)', 'Đinh Thắng (CTV)'."""
    key = vietnamese.key(inner)
    if key in _ROLE_WORDS:
        return _people(before, _ROLE_WORDS[key])
    if _THEO.match(inner):
        return [*_people(before, role), Credit(None, SOURCE, inner)]
    if theo := re.search(r"\btheo\s+\S.*$", inner, re.I):
        kind = _ROLE_WORDS.get(vietnamese.key(inner[: theo.start()]), role)
        return [*_people(before, kind), Credit(None, SOURCE, theo[0])]
    return _people(before, role)  # an affiliation: it stays in the line as printed


def _people(text, role):
    text = _STAFF_PREFIX.sub("", text)
    if is_name(text):
        return [Credit(text, role, text)]
    head, slash, agency = (part.strip() for part in text.partition("/"))
    if slash and is_name(head) and _AGENCY.match(agency):
        return [Credit(head, role, head), Credit(None, SOURCE, agency)]
    parts = [part for part in _BETWEEN_NAMES.split(text) if part]
    if len(parts) > 1 and all(is_name(part) for part in parts):
        return [Credit(part, role, part) for part in parts]
    return [Credit(None, role, text)]
