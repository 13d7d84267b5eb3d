import json
import unicodedata
from pathlib import Path

import pytest

from articles import demo, importers

from .command import look

SAMPLE = Path(demo.__file__).parent / "sample-page"
EXPECTED = json.loads((SAMPLE / "expected.json").read_text(encoding="utf-8"))
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("field", [name for name in EXPECTED if name != "notes"])
def test_the_sample_page_becomes_what_is_expected_of_it(field):
    [said] = look(SAMPLE / "page.txt")
    assert said[field] == EXPECTED[field]


def test_what_the_sample_page_does_not_say_is_named_as_missing():
    [said] = look(SAMPLE / "page.txt")
    assert said["missing"] == ["title", "published_at", "section", "photo"]


@pytest.mark.parametrize("change", [
    lambda data: data.replace(b"\n", b"\r\n"),
    lambda data: b"\xef\xbb\xbf" + data,
    lambda data: data.decode().encode("utf-16"),
    lambda data: data.decode().encode("utf-16-le"),
    lambda data: unicodedata.normalize("NFD", data.decode()).encode(),
])  # fmt: skip
def test_line_ends_encodings_and_nfd_make_no_difference(change):
    plain = (SAMPLE / "page.txt").read_bytes()
    assert importers.parse(change(plain), "page.txt") == importers.parse(plain, "page.txt")
