"""Indexing is owed in the transaction of the change and done after it, whatever becomes of the process."""

import pytest
from django.db import transaction

from articles import outbox, search
from articles.models import Effect
from articles.search import documents
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


def found(text):
    return [hit.article for hit in search.find(search.Asked(text=text, is_public=False)).hits]


def test_a_change_owes_its_index_in_its_own_transaction_and_pays_after_the_commit():
    with transaction.atomic():
        article = factories.draft(title="Lúa trổ")
        assert Effect.objects.filter(kind="index", key=str(article.pk), done_at=None).count() == 1
        article.title = "Ngô trổ cờ"
        article.save()
        assert Effect.objects.filter(kind="index").count() == 1
    assert found("ngô trổ cờ") == [article.pk]
    assert not Effect.objects.filter(done_at=None).exists()


def test_what_a_killed_process_owed_is_indexed_by_the_next(monkeypatch):
    monkeypatch.setattr("articles.outbox.owing.do", lambda *row: None)  # it died right after the commit
    article = factories.draft(title="Lúa trổ")
    assert found("lúa trổ") == []
    outbox.run_due()
    assert found("lúa trổ") == [article.pk]


def test_what_was_taken_back_is_owed_again_by_the_next_change():
    article = factories.draft(title="Lúa trổ")
    with transaction.atomic():
        try:
            with transaction.atomic():
                article.title = "Mía"
                article.save()
                raise ValueError
        except ValueError:
            pass
        article.title = "Ngô trổ cờ"
        article.save()
    assert found("ngô trổ cờ") == [article.pk]


def test_of_two_that_index_a_new_article_at_once_the_second_begins_anew(monkeypatch):
    monkeypatch.setattr("articles.outbox.owing.do", lambda *row: None)
    article = factories.draft(title="Lúa trổ")
    read = documents.read

    def read_while_another_writes(keys):
        found = read(keys)
        monkeypatch.setattr(documents, "read", read)
        search.index(keys)
        return found

    monkeypatch.setattr(documents, "read", read_while_another_writes)
    assert search.index([article.pk]) == 1
    assert found("lúa trổ") == [article.pk]
