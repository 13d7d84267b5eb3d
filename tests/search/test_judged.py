"""What readers type and what they are to find, over a small corpus and the demo newsroom."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import search
from articles.demo.load import load
from articles.models import Article
from articles.search.rebuild import rebuild

from . import judged

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indexed")]

SMALL = [query for query in judged.QUERIES if not query.get("demo")]
DEMO = [query for query in judged.QUERIES if query.get("demo")]


def test_there_are_enough_of_them():
    assert len(judged.QUERIES) >= 60


def test_every_search_of_the_small_corpus_is_answered_as_judged():
    names = {article.pk: key for key, article in judged.corpus().items()}
    wrong = []
    for query in SMALL:
        answer = [names[hit.article] for hit in search.find(judged.asked(query)).hits]
        try:
            judged.judge(query, answer)
        except AssertionError:
            wrong.append((query, answer))
    assert wrong == []


def test_a_list_finds_the_same_articles_as_the_page_and_reads_no_text_of_them():
    judged.corpus()
    for query in SMALL:
        asked = judged.asked(query)
        hits = search.find(asked, size=50).hits
        assert sorted(search.keys(asked, 50)) == sorted(hit.article for hit in hits)
    listed = replace(judged.asked(SMALL[0]), is_newest_first=True, is_public=False)
    with CaptureQueriesContext(connection) as questions:
        assert search.keys(listed, 50)
    assert [one["sql"] for one in questions if "packed" in one["sql"]] == []


def test_every_search_of_the_demo_newsroom_is_answered_as_judged():
    load(draw=False)
    rebuild()
    wrong = []
    for query in DEMO:
        found = [hit.article for hit in search.find(judged.asked(query)).hits]
        titles = dict(Article.objects.filter(pk__in=found).values_list("pk", "title"))
        try:
            judged.judge(query, [titles[pk] for pk in found])
        except AssertionError:
            wrong.append((query, [titles[pk] for pk in found]))
    assert wrong == []
