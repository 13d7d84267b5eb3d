"""Hostile words, as the bytes that a client sends: a small sample, and the corpus that HOSTILE_CORPUS names."""

import json
import os
from collections import deque
from itertools import chain, cycle, islice
from pathlib import Path
from urllib.parse import quote_from_bytes

from django.db import connection

SAMPLE = Path(__file__).parent.parent / "data" / "hostile" / "requests.json"
CORPUS = os.environ.get("HOSTILE_CORPUS")

# Each of these has broken some Django site in its own way: into every place where a word can stand.
CORE = [
    b"\0", b"a\0b", b"\xed\xa0\x80", b"\xff", b"'", b'"unbalanced', b"\\", b"%", b"foo:*bar&!|()", b"{{7*7}}",
    b"-1", b"0", b"9999999999999999999", b"9223372036854775808", b"1" * 5000, "١٢".encode(), b"1e9", b"NaN",
    b"9999-12-31", b"0000-00-00", b"0001-01-01 00:00", b"99999999", b"id__in", b"author__password__startswith",
    b"[", b"{}", b"[[[]]]", b"null", "\u200b".encode(), "\u202e".encode(), b"\r\nSet-Cookie: a=b", b"../../etc/passwd",
    b"//evil.test", b"<script>alert(1)</script>", b"x" * 100_000,
]  # fmt: skip


def as_bytes(text):
    return text.encode("utf-8", "surrogatepass")


def sample():
    groups = json.loads(SAMPLE.read_text(encoding="utf-8"))
    texts = [as_bytes(text) for group in groups for text in group.get("strings", [])]
    return texts + [bytes.fromhex(item) for group in groups for item in group.get("hex", [])]


def load(name):
    """The values of a file of the corpus."""
    return [item["v"] for item in json.loads((Path(CORPUS) / name).read_text(encoding="utf-8"))]


def corpus():
    texts = load("strings/blns.json") + [value for _name, value in load("http/params.json")]
    bits = load("unicode/malformed_unicode_hex.json") + load("unicode/cpython_invalid_utf8_hex.json")
    return [as_bytes(text) for text in texts] + [bytes.fromhex(item) for item in bits]


def turns(found, number, others=(), of_others=0):
    """For one place after the other its words: so many of each list, which go round. Every place gets some, and every
    word is tried in many places; others on the other database."""
    found, others = cycle(found), cycle(others)
    if connection.vendor == "postgresql":
        deque(islice(found, 7), 0)
        deque(islice(others, 7), 0)
    while True:
        yield [*islice(found, number), *islice(others, of_others)]


def of(core, others):
    """`turns` of so many of the worst and so many others; of the corpus as many as both, a quarter the worst."""
    if not CORPUS:
        return turns(CORE, core, sample(), others)
    worst = cycle(CORE)
    pairs = ([next(worst), word] if number % 3 == 0 else [word] for number, word in enumerate(corpus()))
    return turns([*chain.from_iterable(pairs)], core + others)


def percent(word):
    return quote_from_bytes(word, safe="")


def encoded(pairs):
    """(name, bytes or text) as the query of an address or the body of a form."""
    return "&".join(f"{percent(as_bytes(name))}={percent(_bytes(value))}" for name, value in pairs)


def _bytes(value):
    return value if isinstance(value, bytes) else as_bytes(str(value))
