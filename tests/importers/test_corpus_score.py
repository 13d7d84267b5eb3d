"""The score on saved pages of real newspapers, which stay outside the project: PAGES_CORPUS names their folder.

The folder holds expected.json, a list of {file, title, sapo, og_description, published_from_url_id, paragraphs}.
"""

import json
import os
import sys
from collections import Counter
from pathlib import Path

import pytest

from articles import importers, richtext, vietnamese
from articles.importers.html import page as html_page
from articles.importers.lines import datelines

FOLDER = os.environ.get("PAGES_CORPUS", "")
pytestmark = pytest.mark.skipif(not FOLDER, reason="PAGES_CORPUS names no folder of saved pages")
LEAST_F1 = 0.97


def f1(found, expected):
    found, expected = Counter(found.split()), Counter(expected.split())
    return 2 * (found & expected).total() / (found.total() + expected.total())


def lede_of(page):
    return datelines.strip(vietnamese.clean_line(page["sapo"] or page["og_description"]))[1]


@pytest.mark.parametrize("hints", [True, False], ids=["hints", "prose"])
def test_real_pages_are_read_as_expected(hints, capsys):
    right, scores, wrong = Counter(), [], []
    pages = json.loads((Path(FOLDER) / "expected.json").read_text(encoding="utf-8"))
    for page in pages:
        incoming = html_page.parse((Path(FOLDER) / page["file"]).read_text(encoding="utf-8"), hints=hints)
        fields = {
            "title": incoming.title == vietnamese.clean_line(page["title"]),
            "lede": incoming.lede == lede_of(page),
            "day": f"{incoming.published_at:%Y-%m-%d}" == page["published_from_url_id"][:10],
        }
        right.update({name: int(is_right) for name, is_right in fields.items()})
        text = " ".join(richtext.paragraphs(incoming.body))
        scores.append(f1(text, vietnamese.clean_line(" ".join(page["paragraphs"]))))
        if not all(fields.values()) or scores[-1] < LEAST_F1:
            wrong.append((page["file"], fields, scores[-1]))
    with capsys.disabled():
        mean, least = sum(scores) / len(scores), min(scores)
        sys.stdout.write(f"\n{len(pages)} pages: {dict(right)}, body F1 mean {mean:.4f}, least {least:.4f}\n")
    assert not wrong


def test_the_bytes_of_real_pages_are_taken_for_html():
    names = [page["file"] for page in json.loads((Path(FOLDER) / "expected.json").read_text(encoding="utf-8"))]
    assert all(importers.parse((Path(FOLDER) / name).read_bytes(), name).title for name in names)
