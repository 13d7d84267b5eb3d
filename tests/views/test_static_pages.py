"""Pages that the newsroom writes about itself."""

import pytest
from django.db import connection

from articles.models import StaticPage
from tests import factories

pytestmark = pytest.mark.django_db


def about(**fields):
    return StaticPage.objects.create(**{"title": "Giới thiệu", "body": "<p>Báo ra đời năm 1962.</p>", **fields})


def footer(stranger):
    return stranger.get("/ngay/2023/03/22/").content.decode().split("<footer")[1]


def test_a_page_shows_its_title_and_its_text(stranger):
    about()
    html = stranger.get("/trang/gioi-thieu/").content.decode()
    assert "<h1>Giới thiệu</h1>" in html
    assert "<p>Báo ra đời năm 1962.</p>" in html


def test_a_page_that_is_hidden_or_none_is_not_found(stranger):
    about(is_public=False)
    assert stranger.get("/trang/gioi-thieu/").status_code == 404
    assert stranger.get("/trang/khong-co/").status_code == 404


def test_the_foot_of_every_page_leads_to_the_public_ones_in_their_order(stranger):
    factories.section()
    about(title="Liên hệ", order=2)
    about(title="Giới thiệu", order=1)
    about(title="Bản nháp", is_public=False)
    html = footer(stranger)
    assert 0 < html.index("/trang/gioi-thieu/") < html.index("/trang/lien-he/")
    assert "Bản nháp" not in html


def test_pages_are_in_the_foot_of_a_site_without_any_section(stranger):
    about()
    assert "/trang/gioi-thieu/" in footer(stranger)


def test_html_that_got_into_the_database_is_cleaned_on_the_page(stranger):
    about()
    from_outside = "<p>Chữ</p><script>alert(1)</script>"
    with_sql(from_outside)
    html = stranger.get("/trang/gioi-thieu/").content.decode()
    assert "<p>Chữ</p>" in html
    assert "alert(1)" not in html


def with_sql(body):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE articles_staticpage SET body = %s", [body])


@pytest.mark.parametrize("count", [1, 12])
def test_the_queries_are_few_and_fixed(stranger, django_assert_num_queries, count):
    for number in range(count):
        about(title=f"Trang {number}")
    with django_assert_num_queries(2):
        stranger.get("/trang/trang-0/")
