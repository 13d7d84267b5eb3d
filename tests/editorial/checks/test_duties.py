from datetime import timedelta

import pytest
from django.utils import timezone

from articles.editorial import checks, documents
from articles.models import Note
from tests import base, factories
from tests.editorial.checks.looking import names, one

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indexed")]
LONG = "Hợp tác xã cam Cao Phong thu hoạch sớm hơn mọi năm vì nắng hạn kéo dài suốt mùa hè và nước về chậm. " * 3


def test_the_use_of_ai_must_be_declared():
    assert one("ai-use", ai_use="").blocks
    assert names(ai_use="generated") == set()


def test_an_interview_must_have_been_shown():
    assert one("interview", genre="interview").blocks
    assert names(genre="interview", interview_shown_at=timezone.now().isoformat()) == set()


def test_an_embargo_holds_until_its_hour():
    until = timezone.now() + timedelta(hours=2)
    assert one("embargo", embargo_until=until.isoformat()).blocks
    assert names(embargo_until=until.isoformat(), at=until) == set()
    assert names(embargo_until=(timezone.now() - timedelta(hours=1)).isoformat()) == set()


def test_the_time_of_a_scheduled_article_counts_for_the_embargo():
    until = timezone.now() + timedelta(hours=2)
    later = (until + timedelta(minutes=1)).isoformat()
    assert names(embargo_until=until.isoformat(), published_at=later) == set()


def test_dating_back_does_not_undercut_or_excuse_an_embargo():
    long_ago = factories.at("2010-01-01 08:00")
    assert names(embargo_until=(long_ago + timedelta(days=1)).isoformat(), at=long_ago) == set()
    assert names(embargo_until=(timezone.now() + timedelta(days=1)).isoformat(), at=long_ago) == {"embargo"}


def test_a_note_is_open_until_it_is_resolved_and_answers_are_none():
    article = factories.complete()
    note = Note.objects.create(article=article, text="Số liệu này lấy ở đâu?", created_by=base.person("ed"))
    Note.objects.create(article=article, text="Sở NN.", answers=note)
    assert "Số liệu này lấy ở đâu?" in one("notes", article).message
    note.resolved_at = timezone.now()
    note.save()
    assert names(article) == set()


def test_a_note_on_another_article_is_no_concern():
    Note.objects.create(article=factories.draft(), text="Hỏi lại.")
    assert names() == set()


def test_a_story_that_was_published_already_is_found():
    other = factories.published(when=timezone.now() - timedelta(days=1), title="Cam Cao Phong", body=f"<p>{LONG}</p>")
    assert "Cam Cao Phong" in one("duplicate", body=f"<p>{LONG}</p>").message
    assert other.title not in one("duplicate", body=f"<p>{LONG}</p>", title="Khác").where


def test_a_story_is_no_duplicate_of_itself_nor_of_a_draft():
    factories.draft(body=f"<p>{LONG}</p>")
    article = factories.published(when=timezone.now() - timedelta(days=1), body=f"<p>{LONG}</p>")
    factories.signed(article)
    assert names(article) == set()


def test_publishing_again_what_was_withdrawn_asks_for_a_reason():
    article = factories.withdrawn()
    factories.signed(article)
    finding = one("withdrawn", article)
    assert not finding.blocks
    assert names() == set()


def test_a_new_article_that_was_never_saved_can_be_judged():
    article = factories.Article()
    assert {"title", "lede", "section", "body", "ai-use"} <= {found.name for found in checks.run(article)}
    assert documents.of(article)["bylines"] == []


def test_what_was_published_before_the_law_owes_no_declaration_when_it_is_mended():
    before, after = (factories.published(f"2026-{day} 08:00", ai_use="") for day in ("06-30", "07-01"))
    assert "ai-use" not in {found.name for found in checks.run(before)}
    assert "ai-use" in {found.name for found in checks.run(after)}
