"""The index follows what is written, whatever writes it, and can be made anew beside the old one."""

import os
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from articles import search
from articles.models import Article, SearchDocument
from articles.search import rebuild as rebuilding
from articles.search.finding import Asked
from articles.search.index import engine, index
from articles.search.rebuild import rebuild
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indexed")]


def found(text, **asked):
    return [hit.article for hit in search.find(Asked(text=text, **asked)).hits]


def test_indexing_twice_changes_nothing_the_second_time():
    article = factories.published(title="Lúa trổ")
    factories.many(3)
    assert index([article.pk]) == 0
    assert found("lua tro") == [article.pk]


def test_a_new_title_is_found_and_the_old_one_no_more():
    article = factories.published(title="Lúa trổ")
    article.title = "Ngô trổ cờ"
    article.save()
    assert found("lúa") == []
    assert found("ngô trổ cờ") == [article.pk]


def test_a_deleted_article_leaves_nothing_that_a_later_one_in_its_place_is_found_by():
    article = factories.published(title="Lúa trổ")
    place = SearchDocument.objects.get(article=article).place
    Article.objects.filter(pk=article.pk).update(state="draft")
    article.refresh_from_db()
    article.delete()
    assert not SearchDocument.objects.exists()
    later = factories.published(title="Ngô")
    assert SearchDocument.objects.get(article=later).place == place
    assert found("lúa") == []


def test_what_hangs_on_an_article_is_found_with_it():
    article = factories.published(title="Tin")
    byline = factories.signed(article, "Đinh Thắng")
    topic = factories.topic("Nông thôn mới", article)
    factories.gallery(article, 1)
    factories.live_update(article, body="<p>Nước rút dần.</p>")
    photo = article.gallery.get().photo
    photo.caption = "Đập tràn nhìn từ phía tây"
    photo.save()
    assert found("nuoc rut") == found("đập tràn") == [article.pk]
    assert found("tin", authors=(byline.author_id,)) == found("tin", topics=(topic.pk,)) == [article.pk]
    article.topics.clear()
    byline.delete()
    assert found("tin", authors=(byline.author_id,)) == found("tin", topics=(topic.pk,)) == []


def test_a_draft_is_found_at_the_desk_and_by_no_reader():
    draft = factories.draft(title="Lúa trổ")
    assert found("lúa trổ") == []
    assert found("lúa trổ", is_public=False) == [draft.pk]


def test_a_thousand_articles_of_one_second_have_a_place_each():
    made = factories.many(600, apart=timedelta(0))
    assert SearchDocument.objects.count() == 600
    late = factories.published(title="Tin loạt muộn")
    assert found("tin loat muon")[0] == late.pk
    assert found("tin loat", is_newest_first=True)[:2] == [late.pk, made[-1].pk]


@pytest.mark.parametrize("again", [1, 2])
def test_a_rebuilt_index_answers_as_the_one_that_grew(again):
    factories.many(30)
    factories.draft(title="Tin loạt nháp")
    before = found("tin loat"), found("tin loat", is_public=False)
    for _ in range(again):
        assert rebuild() == 31
    assert (found("tin loat"), found("tin loat", is_public=False)) == before
    assert index(Article.objects.values_list("pk", flat=True)) == 0


def test_what_is_written_during_a_rebuild_is_not_lost(monkeypatch):
    first, gone = factories.published(title="Lúa trổ"), factories.draft(title="Mía nháp")
    building = engine().Building
    finish = building.finish

    def write_meanwhile(self):
        first.title = "Ngô trổ cờ"
        first.save()
        factories.published(title="Ngô nếp")
        gone.delete()
        assert len(found("ngo")) == 2  # readers search the old index, and it goes on growing
        finish(self)

    monkeypatch.setattr(building, "finish", write_meanwhile)
    rebuild()
    assert len(found("ngo")) == 2
    assert found("lua") == found("mia", is_public=False) == []


HOSTILE = [
    *(
        '"',
        "''",
        "%",
        "\\",
        "a" * 5000,
        "\x00",
        "😀",
        "AND OR NOT",
        "(",
        "*",
        "tin:*&!|",
        "-",
        '-"',
        '"" ""',
        "NEAR(a b)",
    ),
    *("-lúa", '-"lúa trổ"', "c:tin", "t:tin", "#d", "tin -tin", "lúa " * 300, '"' * 99, "١٢٣", "ﬁ ﬂ", "\ud800", "_"),
]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_is_typed_breaks_it(text):
    factories.published(title="Lúa trổ", lede="Tin.")
    for flags in ({}, {"is_typing": True}, {"is_newest_first": True}, {"is_public": False}):
        search.find(Asked(text=text, **flags))


def test_what_is_there_stays_when_the_database_is_migrated_again():
    article = factories.published(title="Lúa trổ")
    engine().install()
    assert found("lúa trổ") == [article.pk]


def test_the_desk_finds_what_is_scheduled_far_ahead_before_what_is_old():
    old = factories.published("2003-03-22 08:00", title="Lúa trổ")
    ahead = factories.published("2190-03-22 08:00", title="Lúa trổ")
    assert found("lúa trổ", is_public=False, is_newest_first=True) == [ahead.pk, old.pk]


@pytest.mark.parametrize("typed", ["th", "tru", "truong", "nghieng", "trường ch"])
def test_of_a_word_that_is_being_typed_the_newest_titles_come_first_however_many_there_are(typed, monkeypatch):
    """The index is asked for the beginnings of titles by a token of their own, and never for more than are shown."""
    asked = []
    places = engine().places
    monkeypatch.setattr(engine(), "places", lambda *given: asked.append(given) or places(*given))
    titles = [factories.published(f"2026-03-0{day} 08:00", title="Trường chính thắp nghiêng").pk for day in (1, 2, 3)]
    factories.many(30, when="2026-04-01 08:00", body="<p>Trường thì nghiêng.</p>")
    assert found(typed, is_typing=True)[:3] == titles[::-1]
    assert all(limit <= 60 for _wanted, _below, _above, limit, *_few in asked)
    begun = [given for given in asked if "begin" in repr(given[0])]
    assert bool(begun) == (typed in {"nghieng", "trường ch"})


# Large archives: other processes make the tokens


@pytest.fixture
def large(monkeypatch, transactional_db):
    monkeypatch.setattr(rebuilding, "WORTH_PROCESSES", 2)
    monkeypatch.setattr(rebuilding, "READ", 3)
    factories.many(8, title="Lúa trổ")


def test_other_processes_make_the_same_index(large):
    grown = found("lúa trổ")
    assert rebuild() == len(grown) == 8
    assert found("lúa trổ") == grown


def _killed(sources):
    os._exit(9)


def test_a_process_that_is_killed_ends_the_command_and_the_old_index_stays(large, monkeypatch):
    monkeypatch.setattr(rebuilding, "_make", _killed)
    with pytest.raises(CommandError, match="Chỉ mục cũ vẫn được dùng"):
        call_command("rebuild_search")
    assert len(found("lúa trổ")) == 8
    monkeypatch.undo()
    assert rebuild() == 8
