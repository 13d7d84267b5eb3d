"""What a search answers is what a slow reading of every text says: on both databases the same, in the same order.

The reference shares nothing with the engine but the folding: it takes words from the texts by itself, and compares them
in Python.
"""

import re

import pytest

from articles import search, vietnamese
from articles.search.finding import Asked

from . import judged

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indexed")]

QUERIES = [
    *("Tân Lạc", "tan lac", "hòa bình", "hoà bình", "bản đồ", "ban do", "lạc", "mã", "má", "đường", "duong", "bưởi"),
    *("thương lái", "thu hoạch sớm hơn", "giá", "được giá", "mùa", "nông dân Tân Lạc thu hoạch", "xe tải", "hiệu quả"),
    *("chữa cháy rừng", "kiểm lâm", "mùa khô", "huyện", "Đà Bắc", "giao thông", "xa tan", "lac tan", "năm"),
]


def _words(text):
    return re.findall(r"[^\W_]+", text)


def _exact(text):
    return _words(vietnamese.tone_style(vietnamese.clean(text).lower()))


def _folded(text):
    return _words(vietnamese.fold(text))


def _side_by_side(words, field):
    span = len(words)
    return any(field[place : place + span] == words for place in range(len(field) - span + 1))


def slow(articles, query):
    """The keys of the articles in the order that the rules give; of queries of up to three words without signs."""
    exact, folded = _exact(query), _folded(query)
    has_marks = exact != folded
    ranked = []
    for article in articles:
        fields = [article.title, article.lede, article.body, article.photo.caption if article.photo else ""]
        fields = [re.sub(r"<[^>]+>", " ", field) for field in fields]
        rank = _rank(fields, exact, folded, has_marks)
        if rank is not None:
            ranked.append((rank, -article.published_at.timestamp(), article.pk))
    return [pk for _rank, _time, pk in sorted(ranked)]


def _rank(fields, exact, folded, has_marks):
    """The tier of an article, counted from the best."""
    for offset, words, read in [(0, exact, _exact)] * has_marks + [(4, folded, _folded)]:
        for place, field in enumerate(fields):
            if _side_by_side(words, read(field)):
                return offset + place
    whole, marked = set(_folded(" ".join(fields))), set(_exact(" ".join(fields)))
    if not set(folded) <= whole or len(folded) < 2:
        return None
    is_exact = has_marks and all(word in marked for word, bare in zip(exact, folded, strict=True) if word != bare)
    in_title = set(folded) <= set(_folded(fields[0]))
    return 8 + (0 if is_exact else 2) + (0 if in_title else 1)


@pytest.mark.parametrize("look", [0, 20])
def test_the_engine_answers_as_a_slow_reading_does(monkeypatch, look):
    """Both ways of putting in order: by asking the index for each tier, and by reading the few that were found."""
    monkeypatch.setattr("articles.search.finding.ONE_LOOK", look)
    articles = list(judged.corpus().values())
    for query in QUERIES:
        answer = [hit.article for hit in search.find(Asked(text=query), size=50).hits]
        assert answer == slow(articles, query), query
