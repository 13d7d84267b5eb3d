import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from articles.editorial import transitions
from articles.models import RelatedLink
from articles.models.link import OTHER_NEWS, companions, other_news
from tests import factories

pytestmark = pytest.mark.django_db


def titles(article, **options):
    return [teaser.title for teaser in other_news(article, **options)]


# Constraints


def test_no_article_is_related_to_itself():
    article = factories.draft()
    with pytest.raises(IntegrityError), transaction.atomic():
        RelatedLink.objects.bulk_create([RelatedLink(article=article, target=article)])


def test_no_update_relates_an_article_to_itself():
    link = factories.link(factories.draft(), factories.draft())
    with pytest.raises(IntegrityError), transaction.atomic():
        RelatedLink.objects.filter(pk=link.pk).update(target=link.article_id)


def test_a_link_leads_to_an_article_or_has_a_title():
    with pytest.raises(IntegrityError), transaction.atomic():
        RelatedLink.objects.bulk_create([RelatedLink(article=factories.draft(), url="https://baomau.vn/")])


def test_an_article_is_linked_once():
    article, other = factories.draft(), factories.draft()
    factories.link(article, other)
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.link(article, other)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "ftp://baomau.vn/a", "/kinh-te/"])
def test_an_address_is_of_the_web(url):
    with pytest.raises(ValidationError) as caught:
        RelatedLink(article=factories.draft(), title="Tin", url=url).full_clean()
    assert "url" in caught.value.message_dict


# Links that wait


def test_a_waiting_link_finds_its_article_when_it_arrives(django_capture_on_commit_callbacks):
    link = factories.link(factories.draft(), title="Măng Kim Bôi lọt vào top 20")
    assert link.is_waiting
    with django_capture_on_commit_callbacks(execute=True):
        arrived = factories.published(title="MĂNG KIM BÔI lọt vào “top 20”!")
    link.refresh_from_db()
    assert link.target == arrived


def test_a_link_written_after_its_article_is_tied_too(django_capture_on_commit_callbacks):
    there = factories.published(title="Măng Kim Bôi")
    with django_capture_on_commit_callbacks(execute=True):
        link = factories.link(factories.draft(), title="Măng Kim Bôi")
    link.refresh_from_db()
    assert link.target == there


def test_a_draft_is_found_once_it_is_published(django_capture_on_commit_callbacks):
    link = factories.link(factories.draft(), title="Măng Kim Bôi")
    with django_capture_on_commit_callbacks(execute=True):
        article = factories.draft(title="Măng Kim Bôi")
    link.refresh_from_db()
    assert link.is_waiting
    with django_capture_on_commit_callbacks(execute=True):
        transitions.publish(article)
    link.refresh_from_db()
    assert link.target == article


def test_a_link_never_finds_its_own_article(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        link = factories.link(factories.published(title="Măng Kim Bôi"), title="Măng Kim Bôi")
    link.refresh_from_db()
    assert link.is_waiting


def test_a_link_with_an_address_waits_for_nothing():
    factories.published(title="Măng Kim Bôi")
    link = factories.link(factories.draft(), title="Măng Kim Bôi", url="https://baomau.vn/")
    assert RelatedLink.objects.resolve_waiting() == 0
    assert not link.is_waiting


def test_of_two_articles_of_one_title_the_older_is_taken():
    older, _newer = factories.published(title="Măng Kim Bôi"), factories.published(title="Măng Kim Bôi")
    link = factories.link(factories.draft(), title="Măng Kim Bôi")
    assert RelatedLink.objects.resolve_waiting() == 1
    assert RelatedLink.objects.get(pk=link.pk).target == older


def test_two_waiting_links_of_one_title_become_one_tie():
    article = factories.draft()
    for _ in range(2):
        factories.link(article, title="Măng Kim Bôi")
    factories.published(title="Măng Kim Bôi")
    assert RelatedLink.objects.resolve_waiting() == 1
    assert RelatedLink.objects.resolve_waiting() == 0


# Các tin khác


def test_the_editors_links_come_first_and_in_order():
    article = factories.published()
    factories.published(title="Tin mới của chuyên mục", when="2023-03-23 08:00")
    for order, title in enumerate(["Thứ nhất", "Thứ hai", "Thứ ba"]):
        factories.link(article, factories.published(title=title, when=f"2020-01-0{order + 1} 08:00"), order=order)
    assert titles(article) == ["Thứ nhất", "Thứ hai", "Thứ ba", "Tin mới của chuyên mục"]


def test_the_newest_of_the_section_fill_up_to_six():
    article = factories.published()
    newest = [row.title for row in factories.many(9)][::-1]
    assert titles(article) == newest[:OTHER_NEWS]


def test_an_article_chosen_by_the_editor_is_not_shown_again_as_new():
    article, other = factories.published(), factories.published(title="Một lần")
    factories.link(article, other)
    assert titles(article) == ["Một lần"]


def test_an_article_is_never_among_its_own_other_news():
    article = factories.published()
    factories.many(3)
    assert article.title not in titles(article)


def test_other_sections_are_not_filled_in():
    article = factories.published()
    factories.published(category=factories.section("Xã hội"))
    assert titles(article) == []


def test_a_link_to_another_section_is_shown_with_its_own_address():
    article, other = factories.published(), factories.published(category=factories.section("Xã hội"))
    factories.link(article, other)
    [teaser] = other_news(article)
    assert teaser.url == other.get_absolute_url()


def test_a_link_may_carry_words_of_its_own():
    article, other = factories.published(), factories.published(title="Tít của bài", lede="Sa-pô của bài.")
    factories.link(article, other, title="Tít trong khung", teaser="Lời dẫn trong khung.")
    [teaser] = other_news(article)
    assert (teaser.title, teaser.lede) == ("Tít trong khung", "Lời dẫn trong khung.")


def test_a_link_outside_keeps_its_address():
    article = factories.published()
    factories.link(article, title="Ở báo bạn", url="https://baobạn.vn/tin?a=1&b=2")
    assert [teaser.url for teaser in other_news(article)] == ["https://baobạn.vn/tin?a=1&b=2"]


def test_a_waiting_link_is_invisible():
    article = factories.published()
    factories.link(article, title="Chưa có bài")
    assert titles(article) == []


@pytest.mark.parametrize("hidden", [factories.draft, factories.scheduled, factories.withdrawn])
def test_a_link_to_what_readers_may_not_see_is_invisible(hidden):
    article = factories.published()
    factories.link(article, hidden(title="Chưa được thấy"))
    assert titles(article) == []


def test_a_link_appears_with_the_clock():
    article = factories.published()
    factories.link(article, factories.published(title="Hẹn giờ", when="2040-01-01 08:00"))
    assert titles(article) == []
    assert titles(article, at=factories.at("2040-01-01 08:00")) == ["Hẹn giờ"]


def test_a_title_does_not_tell_of_a_draft_on_another_desk():
    factories.draft(title="Măng Kim Bôi")
    factories.link(factories.draft(), title="Măng Kim Bôi")
    assert RelatedLink.objects.resolve_waiting() == 0


# Companions: the next ones of the section, and those that the text names


def beside(article, mentioned=()):
    found = companions(article, mentioned)
    named = {pk: teaser.title for pk, teaser in found.mentioned.items()}
    return found.older and found.older.title, found.newer and found.newer.title, named


def test_the_next_older_and_newer_of_the_section_are_found(django_assert_num_queries):
    times = ["2023-03-20 08:00", "2023-03-21 08:00", "2023-03-22 08:00", "2023-03-23 08:00", "2023-03-24 08:00"]
    articles = [factories.published(when, title=f"Tin {number}") for number, when in enumerate(times)]
    with django_assert_num_queries(1):
        found = beside(articles[2])
    assert found == ("Tin 1", "Tin 3", {})


def test_of_the_same_minute_the_number_decides():
    first, second, third = (factories.published(title=f"Tin {number}") for number in range(3))
    assert beside(second) == ("Tin 0", "Tin 2", {})
    assert beside(first)[:2] == (None, "Tin 1")
    assert beside(third)[:2] == ("Tin 1", None)


@pytest.mark.parametrize("hidden", [factories.draft, factories.scheduled, factories.withdrawn])
def test_nobody_is_led_to_what_readers_may_not_see(hidden):
    article = factories.published()
    other = hidden(title="Chưa được thấy")
    assert beside(article, [other.pk]) == (None, None, {})


def test_another_section_is_no_neighbour_but_may_be_mentioned():
    article = factories.published()
    other = factories.published("2023-03-22 09:00", title="Tin xã hội", category=factories.section("Xã hội"))
    assert beside(article, [other.pk]) == (None, None, {other.pk: "Tin xã hội"})


def test_a_mentioned_article_of_the_section_does_not_pass_for_the_next_one():
    far = factories.published("2023-03-10 08:00", title="Xa")
    factories.published("2023-03-21 08:00", title="Gần")
    article = factories.published("2023-03-22 08:00")
    assert beside(article, [far.pk]) == ("Gần", None, {far.pk: "Xa"})


def test_a_draft_without_a_time_has_no_neighbours():
    factories.published()
    assert beside(factories.draft()) == (None, None, {})


@pytest.mark.parametrize("number", [0, 10**17])
def test_a_number_that_is_no_article_is_mentioned_by_nobody(number):
    assert beside(factories.published(), [number])[2] == {}
