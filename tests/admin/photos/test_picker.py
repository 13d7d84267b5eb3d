"""The library in a window: what it offers, how it turns pages, what it says of rights."""

from datetime import timedelta

import pytest

from articles import days
from tests import base, factories

pytestmark = pytest.mark.django_db

PICK = "/admin/articles/photo/pick/"


def make(caption, **fields):
    return factories.photo_without_files(caption=caption, **fields)


def offered(client, **query):
    return [photo.caption for photo in client.get(PICK, query).context["page"].photos]


def test_words_and_the_own_photos_mix(desk):
    make("Vườn cam của Rita", created_by=base.person("rita"))
    make("Vườn cam của Ed", created_by=base.person("ed"))
    make("Hồ Nậm Sa", created_by=base.person("rita"))
    assert offered(desk("rita"), q="vuon cam", mine="1") == ["Vườn cam của Rita"]


def test_older_pages_keep_what_was_asked_for(desk):
    for number in range(35):
        make(f"Cam {number}")
    client = desk("rita")
    html = client.get(PICK, {"q": "cam", "CKEditorFuncNum": "3", "several": "1"}).content.decode()
    older = html.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    response = client.get(PICK + older)
    assert [photo.caption for photo in response.context["page"].photos] == [f"Cam {n}" for n in (4, 3, 2, 1, 0)]
    assert 'data-callback="3"' in response.content.decode()
    assert "data-several" in response.content.decode()


def test_a_photo_whose_rights_are_over_says_so_and_asks(desk):
    day = days.today() - timedelta(days=1)
    make("Hết hạn", rights_until=day)
    make("Còn hạn")
    html = desk("rita").get(PICK).content.decode()
    assert html.count("data-warning") == 1
    assert f"hết hạn quyền ngày {day:%d/%m/%Y}" in html


def test_the_window_may_stand_inside_our_own_pages_only(desk):
    response = desk("rita").get(PICK)
    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in response.headers["Content-Security-Policy"]
    assert desk("rita").get("/admin/articles/photo/").headers["X-Frame-Options"] == "DENY"


def test_a_photo_can_be_brought_in_where_it_is_chosen(desk):
    assert 'data-url="/admin/articles/photo/upload/"' in desk("rita").get(PICK).content.decode()


@pytest.mark.parametrize("path", ["article", "topic"])
def test_forms_that_take_a_photo_open_the_library(desk, path):
    html = desk("chris").get(f"/admin/articles/{path}/add/").content.decode()
    assert f'data-address="{PICK}"' in html
    assert "Chọn từ thư viện" in html
