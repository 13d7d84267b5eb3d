from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.models import Article, State
from tests import factories

pytestmark = pytest.mark.django_db

NOW = factories.at("2023-03-22 08:00")
COMPLETE = {"title": "Tin", "lede": "Sa-pô.", "published_at": NOW}


def public_row(**fields):
    return Article(state=State.PUBLISHED, **{**COMPLETE, "category": factories.section(), **fields})


# What the database itself refuses, whoever writes


@pytest.mark.parametrize("lacking", [{"title": ""}, {"lede": ""}, {"category": None}, {"published_at": None}])
def test_the_database_takes_no_published_article_that_lacks_something(lacking):
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.bulk_create([public_row(**lacking)])


@pytest.mark.parametrize("lacking", [{"title": ""}, {"lede": ""}, {"category": None}, {"published_at": None}])
def test_no_update_takes_away_what_a_published_article_needs(lacking):
    article = factories.published()
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(**lacking)


@pytest.mark.parametrize("blank", [" ", "\xa0", "\u200b"])
def test_a_title_of_nothing_visible_counts_as_none(blank):
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.bulk_create([public_row(title=blank)])


def test_a_complete_article_is_taken_by_the_same_door():
    assert Article.objects.bulk_create([public_row()])[0].pk


def test_a_draft_may_lack_everything():
    assert Article.objects.create().pk


def test_the_database_knows_the_states():
    article = factories.draft()
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(state="đã đăng")


def test_a_section_with_articles_cannot_be_deleted():
    article = factories.published()
    with pytest.raises(IntegrityError), transaction.atomic():
        article.category.delete()


# The slug


def test_the_slug_is_made_from_the_title_at_publication():
    assert factories.published(title="Huyện Đà Bắc đổi mới").slug == "huyen-da-bac-doi-moi"


def test_a_draft_has_no_slug_and_its_address_follows_the_title():
    article = factories.draft(title="Tít cũ")
    article.title = "Tít mới"
    article.save()
    assert article.slug == ""
    assert article.get_absolute_url() == f"/kinh-te/tit-moi-{article.pk}/"


def test_the_slug_stays_when_a_published_title_changes():
    article = factories.published(title="Huyện Đà Bắc đổi mới")
    article.title = "Huyện Đà Bắc tiếp tục đổi mới"
    article.save()
    assert Article.objects.get(pk=article.pk).slug == "huyen-da-bac-doi-moi"


def test_a_slug_chosen_by_the_editor_stays():
    assert factories.published(title="Tít", slug="dia-chi-rieng").slug == "dia-chi-rieng"


def test_a_title_that_gives_no_slug_still_has_an_address(stranger):
    article = factories.published(title="日本！")
    assert article.get_absolute_url() == f"/kinh-te/bai-viet-{article.pk}/"
    assert stranger.get(article.get_absolute_url()).status_code == 200


# The public rule


MOMENTS = [NOW - timedelta(microseconds=1), NOW, NOW + timedelta(microseconds=1)]


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("at", MOMENTS)
def test_the_rule_of_a_row_and_of_a_set_agree(state, at):
    article = factories.published(when=NOW)
    Article.objects.filter(pk=article.pk).update(state=state)
    article.refresh_from_db()
    in_set = Article.objects.published(at).filter(pk=article.pk).exists()
    assert article.is_public(at) == in_set == (state == State.PUBLISHED and at >= NOW)


@pytest.mark.parametrize("at", MOMENTS)
def test_a_published_article_is_public_or_scheduled_never_both(at):
    factories.published(when=NOW)
    assert Article.objects.published(at).count() + Article.objects.scheduled(at).count() == 1


def test_now_is_the_moment_of_the_question_not_of_the_start(clock):
    article = factories.scheduled(minutes=5)
    query = Article.objects
    assert article.is_scheduled
    assert not query.published().exists()
    clock(timezone.now() + timedelta(minutes=6))
    assert not article.is_scheduled
    assert query.published().exists()


def test_newest_puts_the_later_number_first_among_equals():
    first, second = factories.published(when=NOW), factories.published(when=NOW)
    assert list(Article.objects.newest()) == [second, first]


def test_those_behind_an_article_are_exactly_the_rest_of_the_list():
    factories.many(3, when="2023-03-20 08:00")
    factories.many(4, when="2023-03-21 08:00", apart=timedelta(0))
    whole = list(Article.objects.published().newest())
    for place, article in enumerate(whole):
        assert list(Article.objects.published().older_than(article.pk).newest()) == whole[place + 1 :]


def test_behind_an_article_that_is_not_there_is_nothing():
    factories.published()
    assert not Article.objects.older_than(0).exists()


# What is derived


def test_a_save_of_some_fields_saves_what_is_derived_from_them():
    article = factories.draft(title="Tít cũ")
    article.title = "Tít mới"
    article.save(update_fields=["title"])
    assert Article.objects.get(pk=article.pk).title_key == "tit moi"


def test_an_article_without_title_says_so():
    assert str(factories.draft(title=""))
