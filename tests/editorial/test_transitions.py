from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from articles.editorial import transitions
from articles.models import Article, State
from tests import base, factories

pytestmark = pytest.mark.django_db


def stored(article):
    return Article.objects.get(pk=article.pk)


def test_a_published_article_has_its_state_slug_and_time():
    article = factories.draft(title="Huyện Đà Bắc đổi mới")
    before = timezone.now()
    transitions.publish(article)
    found = stored(article)
    assert (found.state, found.slug) == (State.PUBLISHED, "huyen-da-bac-doi-moi")
    assert before <= found.published_at <= timezone.now()


def test_the_time_on_the_article_is_kept():
    article = factories.draft(published_at=factories.at("2010-11-22 07:30"))
    transitions.publish(article)
    assert stored(article).published_at == factories.at("2010-11-22 07:30")


def test_the_time_given_to_the_verb_comes_before_the_articles_own():
    article = factories.draft(published_at=factories.at("2010-11-22 07:30"))
    transitions.publish(article, at=factories.at("2011-01-01 08:00"))
    assert stored(article).published_at == factories.at("2011-01-01 08:00")


def test_a_time_ahead_schedules():
    article = factories.draft()
    transitions.publish(article, at=timezone.now() + timedelta(hours=1))
    assert stored(article).is_scheduled
    assert not stored(article).is_public()


@pytest.mark.parametrize("moment", ["0210-11-22 08:00", "1899-12-31 23:59", "2201-01-01 00:00", "9999-12-31 23:59"])
def test_a_time_that_the_day_archive_cannot_hold_is_refused(moment):
    article = factories.draft()
    with pytest.raises(ValidationError):
        transitions.publish(article, at=factories.at(moment))
    assert stored(article).state == State.DRAFT


@pytest.mark.parametrize("field", ["title", "lede", "category"])
def test_what_is_missing_is_named_and_nothing_is_published(field):
    article = factories.draft(**{field: None if field == "category" else ""})
    with pytest.raises(ValidationError) as caught:
        transitions.publish(article)
    assert str(Article._meta.get_field(field).verbose_name) in caught.value.messages[0]
    assert stored(article).state == State.DRAFT


def test_publishing_twice_is_told():
    article = factories.published()
    with pytest.raises(ValidationError):
        transitions.publish(article)


def test_of_two_people_publishing_at_once_one_is_told():
    article = factories.draft()
    second = stored(article)
    transitions.publish(article, at=factories.at("2023-03-22 08:00"))
    with pytest.raises(ValidationError):
        transitions.publish(second, at=factories.at("2024-03-22 08:00"))
    assert stored(article).published_at == factories.at("2023-03-22 08:00")


def test_a_draft_cannot_be_withdrawn():
    article = factories.draft()
    with pytest.raises(ValidationError):
        transitions.withdraw(article)
    assert stored(article).state == State.DRAFT


def test_withdrawing_twice_is_told():
    article = factories.withdrawn()
    with pytest.raises(ValidationError):
        transitions.withdraw(article)


def test_a_withdrawn_article_keeps_its_words_time_and_address():
    article = factories.published(title="Tin bị gỡ", lede="Sa-pô.", body="<p>Chữ</p>")
    address, moment = article.get_absolute_url(), article.published_at
    transitions.withdraw(article)
    found = stored(article)
    assert (found.title, found.lede, found.body, found.published_at) == ("Tin bị gỡ", "Sa-pô.", "<p>Chữ</p>", moment)
    assert found.get_absolute_url() == address


def test_a_withdrawn_article_comes_back_with_its_first_time():
    article = factories.withdrawn()
    moment = article.published_at
    transitions.publish(article)
    assert stored(article).is_public()
    assert stored(article).published_at == moment


@pytest.mark.parametrize("name", ["rita", "ed", "phong", "kim"])
@pytest.mark.parametrize("verb", [transitions.publish, transitions.withdraw])
def test_they_may_not_change_what_readers_see(verb, name):
    article = factories.draft() if verb is transitions.publish else factories.published()
    state = article.state
    with pytest.raises(PermissionDenied):
        verb(article, user=base.person(name))
    assert stored(article).state == state


@pytest.mark.parametrize("name", ["chris", "ada"])
def test_who_may_publish_from_any_state_may_publish_a_draft(name):
    article = factories.complete()
    transitions.publish(article, user=base.person(name))
    transitions.withdraw(article, user=base.person(name))
    assert stored(article).state == State.WITHDRAWN


def test_one_who_has_left_the_newsroom_may_not():
    ed = base.person("ed")
    ed.is_active = False
    with pytest.raises(PermissionDenied):
        transitions.publish(factories.draft(), user=ed)


def test_the_verb_ties_links_that_waited(django_capture_on_commit_callbacks):
    link = factories.link(factories.draft(), title="Măng Kim Bôi")
    with django_capture_on_commit_callbacks(execute=True):
        arrived = factories.published(title="Măng Kim Bôi")
    link.refresh_from_db()
    assert link.target == arrived


# What happened since a form was opened


def test_saving_an_old_copy_does_not_undo_a_publication():
    article = factories.draft()
    opened_before = Article.objects.get(pk=article.pk)
    transitions.publish(article)
    opened_before.save(update_fields=["title"])
    assert Article.objects.get(pk=article.pk).is_public()


def test_saving_an_old_copy_does_not_undo_a_withdrawal():
    article = factories.published()
    opened_before = Article.objects.get(pk=article.pk)
    transitions.withdraw(article)
    opened_before.save()
    assert Article.objects.get(pk=article.pk).state == State.WITHDRAWN


def test_withdrawing_before_its_hour_leaves_nothing_for_readers_to_know(stranger):
    article = factories.published(timezone.now() + timedelta(hours=2))
    transitions.withdraw(article)
    assert stranger.get(article.get_absolute_url()).status_code == 404
    assert not article.was_public()


def test_a_public_article_is_not_moved_ahead_of_now_by_saving():
    article = factories.published()
    article.published_at = timezone.now() + timedelta(days=1)
    with pytest.raises(ValidationError) as caught:
        article.full_clean()
    assert "published_at" in caught.value.message_dict


@pytest.mark.parametrize("make", [factories.draft, factories.published, factories.withdrawn])
def test_the_row_rule_and_the_set_rule_of_once_public_agree(make):
    article = make()
    assert article.was_public() == Article.objects.once_public().filter(pk=article.pk).exists()


def test_saving_one_field_of_an_old_copy_does_not_bring_an_old_slug_back():
    article = factories.published()
    opened_before = Article.objects.get(pk=article.pk)
    Article.objects.filter(pk=article.pk).update(slug="dia-chi-moi")
    opened_before.save(update_fields=["lede"])
    assert stored(article).slug == "dia-chi-moi"


def test_a_revision_is_of_what_is_public_and_of_what_readers_see():
    article, moment = factories.published(), factories.at("2023-03-22 10:00")
    assert not transitions.revise(article, {"editor_note", "slug"}, at=moment)
    assert not transitions.revise(article, {"title"}, at=factories.at("2023-03-22 07:00"))
    assert transitions.revise(article, {"title", "slug"}, at=moment)
    article.refresh_from_db()
    assert article.revised_at == moment
