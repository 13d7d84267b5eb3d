"""A reader writes a comment: the page with the form, what it takes, what it refuses with every word kept."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from articles.models import Article, Comment
from tests import factories

pytestmark = pytest.mark.django_db

NOW = factories.at("2023-03-22 10:00")
OURS = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture(autouse=True)
def fresh():
    cache.clear()


@pytest.fixture
def article(clock):
    clock(NOW)
    return factories.published(category=factories.section("Bạn đọc", has_comments=True), title="Cầu mới thông xe")


def address(article):
    return f"/y-kien/{article.pk}/"


def token_of(response):
    return re.search(r'name="token" value="([^"]+)"', response.content.decode())[1]


@pytest.fixture
def send(article, clock, stranger):
    """send(text=…) fills in the form as a reader does, a minute after opening it."""

    def fill_in(headers=OURS, wait=60, client=stranger, **changes):
        values = {"name": "Lan", "text": "Bài hay.", "consent": "on", "website": ""}
        values["token"] = token_of(client.get(address(article)))
        clock(timezone.now() + timedelta(seconds=wait))
        return client.post(address(article), {**values, **changes}, headers=headers)

    return fill_in


# Sending


def test_a_comment_is_stored_and_the_reader_is_thanked(send, stranger, article):
    response = send()
    assert (response.status_code, response["Location"]) == (303, f"{address(article)}?cam-on")
    assert 'role="status"' in stranger.get(response["Location"]).content.decode()
    comment = Comment.objects.get()
    assert (comment.name, comment.text, comment.state) == ("Lan", "Bài hay.", "waiting")


def test_a_comment_does_not_show_before_the_desk_has_read_it(send, stranger, article):
    send(text="Chưa ai đọc")
    assert "Chưa ai đọc" not in stranger.get(article.get_absolute_url()).content.decode()


def test_the_address_of_the_reader_is_not_stored(send):
    send()
    assert "127.0.0.1" not in repr(vars(Comment.objects.get()))


def test_no_cookie_is_needed_or_set(send):
    client = Client(enforce_csrf_checks=True)
    assert send(client=client).status_code == 303
    assert not client.cookies


def test_what_was_typed_is_cleaned(send):
    send(name="  La\u0300n \u202e ", text="dòng một  \r\n\r\ndòng\u200b hai ")
    assert (Comment.objects.get().name, Comment.objects.get().text) == ("Làn", "dòng một\n\ndòng hai")


def test_as_much_as_is_promised_fits(send):
    assert send(name="a" * 60, text="\r\n".join(["b" * 99] * 20) + "c").status_code == 303


# Refusing


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "\u200b"),
        ("name", "a" * 61),
        ("text", ""),
        ("text", "đ" * 2001),
        ("text", "\0"),
        ("consent", ""),
        ("token", "x"),
        ("token", ""),
    ],
)
def test_a_refused_form_says_why_and_keeps_every_word(send, field, value):
    response = send(**{"name": "Người viết", "text": "Ý kiến dài của tôi", field: value})
    html = response.content.decode()
    assert (response.status_code, Comment.objects.count()) == (400, 0)
    assert 'role="alert"' in html
    assert field == "name" or "Người viết" in html
    assert field == "text" or "Ý kiến dài của tôi" in html
    assert field == "token" or re.search(rf'<(input|textarea)[^>]*name="{field}"[^>]*aria-invalid="true"', html)


def test_a_text_that_is_too_long_is_kept_whole(send):
    assert "đ" * 2001 in send(text="đ" * 2001).content.decode()


def test_an_error_is_tied_to_its_field(send):
    html = send(name="").content.decode()
    described = re.search(r'name="name"[^>]*aria-describedby="([^"]+)"', html)[1].split()
    assert all(f'id="{name}"' in html for name in described)
    assert "id_name_error" in described


def test_megabytes_are_refused_and_not_an_error(send):
    assert send(text="a" * 900_000).status_code == 400
    assert send(text="a" * 3_000_000).status_code == 413


def test_a_form_sent_faster_than_anybody_types_is_refused_and_may_be_sent_again(send, stranger, article, clock):
    response = send(wait=1)
    assert response.status_code == 400
    clock(NOW + timedelta(seconds=4))
    values = {"name": "Lan", "text": "Bài hay.", "consent": "on", "token": token_of(response)}
    assert stranger.post(address(article), values, headers=OURS).status_code == 303


def test_a_form_of_the_day_before_comes_back_with_a_new_token(send):
    response = send(wait=2 * 24 * 3600)
    assert response.status_code == 400
    assert "Bài hay." in response.content.decode()


def test_what_a_program_writes_is_thanked_for_and_thrown_away(send):
    assert send(website="http://ban-hang.vn").status_code == 303
    assert not Comment.objects.exists()


def test_the_fourth_comment_in_ten_minutes_is_too_much(send):
    statuses = [send(text=f"Ý kiến {number}").status_code for number in range(4)]
    assert statuses == [303, 303, 303, 429]


def test_behind_a_proxy_each_reader_has_a_limit_of_their_own(send, settings):
    settings.BEHIND_PROXY = True
    hops = ["1.1.1.1", "1.1.1.1", "1.1.1.1", "2.2.2.2"]
    sent = [send(text=f"Ý kiến {n}", headers={**OURS, "X-Forwarded-For": hop}) for n, hop in enumerate(hops)]
    assert [response.status_code for response in sent] == [303] * 4


def test_the_same_comment_is_not_taken_twice(send):
    assert [send().status_code, send().status_code] == [303, 400]


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://noi-khac.vn"}, {}])
def test_what_another_site_sends_is_refused(send, headers):
    assert send(headers=headers).status_code == 403
    assert not Comment.objects.exists()


# Where there are comments


def test_only_articles_that_are_public_and_open_have_the_form(stranger, article):
    section = article.category
    closed = factories.published(category=section, comments_closed=True)
    without = factories.published(category=factories.section("Thời sự"))
    later, gone = factories.scheduled(category=section), factories.withdrawn(category=section)
    pks = [article.pk, closed.pk, without.pk, later.pk, gone.pk, factories.draft(category=section).pk, 10**15, 2**63]
    assert [stranger.get(f"/y-kien/{pk}/").status_code for pk in pks] == [200] + [404] * 7


def test_a_comment_for_a_closed_article_is_not_taken(send, article):
    Article.objects.update(comments_closed=True)
    token = "x"
    assert Client().post(address(article), {"token": token}, headers=OURS).status_code == 404


def test_the_page_of_the_form_is_never_kept_and_never_found(stranger, article):
    response = stranger.get(address(article))
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(stranger, article, method):
    assert getattr(stranger, method)(address(article)).status_code == 405


def test_the_page_of_the_form_costs_two_queries(stranger, article, django_assert_num_queries):
    with django_assert_num_queries(2):
        stranger.get(address(article))


# On the article's page


def test_what_the_desk_shows_stands_below_the_article_newest_last(stranger, article, clock):
    factories.comment(article, text="Ý kiến thứ nhất")
    clock(NOW + timedelta(minutes=1))
    factories.comment(article, text="Ý kiến thứ hai")
    for state in ("waiting", "hidden", "spam"):
        factories.comment(article, state, text="Không ai thấy")
    html = stranger.get(article.get_absolute_url()).content.decode()
    assert html.index("Ý kiến thứ nhất") < html.index("Ý kiến thứ hai")
    assert "Không ai thấy" not in html
    assert f'href="{address(article)}"' in html


def test_markup_and_links_of_a_comment_are_text(stranger, article):
    factories.comment(article, name="<i>x</i>", text="<script>alert(1)</script> https://a.vn")
    html = stranger.get(article.get_absolute_url()).content.decode()
    assert "<script>alert" not in html
    assert "<i>x" not in html
    assert 'href="https://a.vn' not in html


def test_nothing_of_the_sender_stands_on_the_page(stranger, article):
    comment = factories.comment(article, sender="abcdef0123456789" * 4)
    assert comment.sender[:6] not in stranger.get(article.get_absolute_url()).content.decode()


def test_a_comment_that_is_shown_changes_the_pages_etag(stranger, article):
    before = stranger.get(article.get_absolute_url())["ETag"]
    factories.comment(article)
    assert stranger.get(article.get_absolute_url())["ETag"] != before


def test_a_closed_article_keeps_its_comments_and_leads_to_no_form(stranger, article):
    factories.comment(article, text="Ý kiến cũ")
    Article.objects.update(comments_closed=True)
    html = stranger.get(article.get_absolute_url()).content.decode()
    assert "Ý kiến cũ" in html
    assert "/y-kien/" not in html
