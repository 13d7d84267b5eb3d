"""The list of the library: filters, pages, how dear it is, credit for many, where a photo is used."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import days, vietnamese
from articles.models import Photo
from tests import base, factories

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/photo/"
CREDIT = "/admin/articles/photo/credit/"


def make(caption, **fields):
    return factories.photo_without_files(caption=caption, **fields)


def shown(client, **query):
    return [photo.caption for photo in client.get(LIST, query).context["cl"].result_list]


def added(photo, moment):
    Photo.objects.filter(pk=photo.pk).update(created_at=moment)


def many(number):
    """So many photos by one INSERT, the first one the newest."""
    rows = [
        Photo(caption=f"Ảnh {place}", master=f"2023/03/{place:08x}/master.jpg", width=640, height=427, edition=2)
        for place in range(number)
    ]
    for row in rows:
        row.search_text = vietnamese.key(row.caption)
    Photo.objects.bulk_create(rows, batch_size=500)


# Filters


def test_mine_are_those_that_i_brought_in(desk):
    make("Của Rita", created_by=base.person("rita"))
    make("Của Ed", created_by=base.person("ed"))
    assert shown(desk("rita"), mine="1") == ["Của Rita"]


def test_unused_are_those_that_stand_nowhere_not_even_in_a_version_to_come(desk):
    free = make("Chưa dùng")
    used = make("Đang dùng", master="2023/03/aaaa/master.jpg")
    factories.draft(photo=used)
    assert shown(desk("ed"), use="none") == ["Chưa dùng"]
    article = factories.published()
    revision = article.revisions.create(number=99, document={"photo": free.pk, "body": "", "gallery": None})
    type(article).objects.filter(pk=article.pk).update(working=revision)
    assert shown(desk("ed"), use="none") == []


def test_those_without_a_credit_wait_for_one(desk):
    make("Thiếu nguồn")
    make("Có nguồn", credit="Hà Thu")
    assert shown(desk("phong"), credit="none") == ["Thiếu nguồn"]


def test_rights_that_are_over_and_rights_that_end_soon_are_two_lists(desk):
    today = days.today()
    make("Hết hạn", rights_until=today - timedelta(days=1))
    make("Sắp hết", rights_until=today)
    make("Còn lâu", rights_until=today + timedelta(days=90))
    client = desk("phong")
    assert shown(client, rights="expired") == ["Hết hạn"]
    assert shown(client, rights="expiring") == ["Sắp hết"]
    html = client.get(LIST).content.decode()
    assert f"hết hạn quyền ngày {today - timedelta(days=1):%d/%m/%Y}" in html
    assert f"được dùng đến {today:%d/%m/%Y}" in html


def test_the_day_added_is_a_day_in_vietnam(desk):
    added(make("Sáng sớm"), factories.at("2023-03-22 00:10"))
    added(make("Hôm trước"), factories.at("2023-03-21 23:50"))
    assert shown(desk("ed"), day_from="2023-03-22", day_to="2023-03-22") == ["Sáng sớm"]


def test_filters_and_words_mix(desk):
    rita = base.person("rita")
    make("Vườn cam", created_by=rita)
    make("Vườn cam", created_by=rita, credit="Hà Thu")
    make("Hồ Nậm Sa", created_by=rita)
    assert shown(desk("rita"), mine="1", credit="none", q="vuon") == ["Vườn cam"]


@pytest.mark.parametrize(
    "query",
    [
        {"p": "0"}, {"p": "9" * 40}, {"p": "-1"}, {"p": "x"}, {"p": "\0"}, {"p": "٣"}, {"q": "\0"}, {"q": "%"},
        {"rights": "x"}, {"use": "'"}, {"mine": "\0"}, {"day_from": "9999-99-99"}, {"o": "1.2.3"}, {"o": "x"},
    ],
)  # fmt: skip
def test_garbage_in_the_address_is_never_an_error(desk, query):
    make("Ảnh")
    assert desk("ed").get(LIST, query).status_code in {200, 302, 400}


# Pages


def test_pages_follow_each_other_without_gaps_or_repeats(desk):
    many(100)
    moment = timezone.now()
    Photo.objects.update(created_at=moment)  # all at once: the number decides
    client, query, seen = desk("ed"), "", []
    for _page in range(4):
        listed = client.get(f"{LIST}{query}").context["cl"]
        seen += [photo.pk for photo in listed.result_list]
        query = listed.older
        if not query:
            break
    assert seen == sorted(Photo.objects.values_list("pk", flat=True), reverse=True)


def test_a_page_keeps_the_filters_and_leads_back(desk):
    many(60)
    html = desk("ed").get(LIST, {"credit": "none"}).content.decode()
    older = html.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    assert "credit=none" in older
    assert "Ảnh mới nhất" in desk("ed").get(LIST + older).content.decode()


def queries(client, address):
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in caught]


@pytest.mark.parametrize("address", [LIST, f"{LIST}?q=anh&use=none&credit=none", f"{LIST}pick/", f"{LIST}pick/?q=anh"])
def test_ten_thousand_photos_cost_as_many_queries_as_a_hundred_and_are_not_counted(desk, address):
    client = desk("ed")
    many(100)
    few = queries(client, address)
    many(9_900)
    lots = queries(client, address)
    assert len(lots) == len(few) <= 9
    assert not [sql for sql in lots if sql.startswith("SELECT COUNT(") and "articles_photo" in sql]


# Credit for many


def apply(client, found, **data):
    return client.post(CREDIT, {"photo": [photo.pk for photo in found], "apply": "1", **data}, follow=True)


def test_ticked_photos_get_their_credit_on_a_page_that_shows_them(desk):
    found = [make("Một"), make("Hai", credit="Cũ")]
    client = desk("phong")
    html = client.post(CREDIT, {"photo": [photo.pk for photo in found]}).content.decode()
    assert "Một" in html
    assert 'name="only_empty"' in html
    said = apply(client, found, credit="Hà Thu", only_empty="on").content.decode()
    assert "Đã sửa 1 ảnh." in said
    assert set(Photo.objects.values_list("credit", flat=True)) == {"Hà Thu", "Cũ"}


def test_the_page_says_how_many_the_person_may_not_change(desk):
    found = [make("Của Rita", created_by=base.person("rita")), make("Của Ed", created_by=base.person("ed"))]
    said = apply(desk("rita"), found, credit="Hà Thu").content.decode()
    assert "Đã sửa 1 ảnh." in said
    assert "1 ảnh giữ nguyên vì bạn không có quyền sửa." in said


@pytest.mark.parametrize("bad", [{"rights_until": "31/02/2023"}, {}, {"credit": "x" * 151}, {"rights_until": "9" * 40}])
def test_a_refused_form_keeps_the_photos_and_every_word(desk, bad):
    found = [make("Một"), make("Hai")]
    response = apply(desk("phong"), found, **{"rights": "Vừa gõ", **bad} if bad else {})
    html = response.content.decode()
    assert response.context["form"].errors
    assert html.count('name="photo"') == 2
    assert not bad or 'value="Vừa gõ"' in html
    assert not Photo.objects.exclude(credit="").exists()


@pytest.mark.parametrize("keys", [[], ["x"], ["0"], ["9" * 30], ["\0"]])
def test_without_photos_nothing_is_asked(desk, keys):
    response = desk("phong").post(CREDIT, {"photo": keys}, follow=True)
    assert response.redirect_chain[-1][0] == LIST


# The page of one photo


def test_the_form_says_where_the_photo_is_used(desk):
    photo = factories.photo()
    article = factories.draft(title="Mùa cam", photo=photo, created_by=base.person("rita"))
    factories.draft(title="Bài mật", photo=photo, created_by=base.person("ed"))
    html = desk("rita").get(f"{LIST}{photo.pk}/change/").content.decode()
    assert f'href="/admin/articles/article/{article.pk}/change/">Mùa cam' in html
    assert "Bài mật" not in html
    assert "1 nơi khác" in html


def test_the_form_warns_of_rights_that_are_over(desk):
    photo = factories.photo(rights_until=days.today() - timedelta(days=3))
    assert "Ảnh đã hết hạn quyền" in desk("rita").get(f"{LIST}{photo.pk}/change/").content.decode()


CUT = {"cut_left": "10.5", "cut_top": "20", "cut_width": "50"}


def change(client, photo, **fields):
    response = client.post(f"{LIST}{photo.pk}/change/", {"caption": "Chú thích", **fields})
    photo.refresh_from_db()
    return response


def test_a_cut_is_typed_kept_by_forms_that_do_not_speak_of_it_and_taken_away(desk):
    photo, client = factories.photo(), desk("phong")
    change(client, photo, **CUT)
    assert photo.cut == (10.5, 20, 50)
    change(client, photo)
    assert photo.cut == (10.5, 20, 50)
    change(client, photo, **{**CUT, "cut_width": ""})
    assert photo.cut is None


@pytest.mark.parametrize("value", ["-1", "101", "x", "nan", "inf", "1e400", "9" * 400])
def test_a_cut_that_is_none_is_refused_and_keeps_every_word(desk, value):
    photo = factories.photo()
    response = change(desk("phong"), photo, **{**CUT, "cut_width": value, "credit": "Vừa gõ"})
    assert response.context["adminform"].form.errors["cut_width"]
    assert 'value="Vừa gõ"' in response.content.decode()
    assert photo.cut is None


def test_another_picture_is_cut_by_the_numbers_that_came_with_it(desk):
    photo = factories.photo()
    upload = factories.ContentFile(factories.picture_bytes(size=(600, 900)), "khac.jpg")
    change(desk("phong"), photo, upload=upload, **{**CUT, "cut_top": "99"})
    assert photo.size == (600, 900)
    assert photo.cut.top + photo.cut.height(photo.size) <= 100


def test_day_and_rights_are_kept_to_the_second_unless_they_are_changed(desk):
    moment = factories.at("2023-03-22 08:15").replace(second=42)
    photo = factories.photo(taken_at=moment, rights="TTXVN")
    page = {"taken_at": "2023-03-22T08:15", "rights": "TTXVN", "rights_until": "2030-01-31"}
    change(desk("phong"), photo, **page)
    assert (photo.taken_at, f"{photo.rights_until}") == (moment, "2030-01-31")
    change(desk("phong"), photo, **{**page, "taken_at": "2023-03-22T09:00"})
    assert photo.taken_at == factories.at("2023-03-22 09:00")


# Words


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("gặt lúa", ["Gặt lúa ở Mường Thanh"]), ("GAT LUA", ["Gặt lúa ở Mường Thanh"]),
        ("thanh gat", ["Gặt lúa ở Mường Thanh"]),
        ("mường tha", ["Gặt lúa ở Mường Thanh"]), ("mườ", ["Mường Bi", "Gặt lúa ở Mường Thanh"]), ("tha mường", []),
        ("Bùi Minh", ["Mường Bi"]), ("'", ["Mường Bi", "Gặt lúa ở Mường Thanh"]), ('" OR *', []), ("120/QĐ", []),
    ],
)  # fmt: skip
def test_a_photo_is_found_by_its_words_the_last_one_perhaps_only_begun(desk, typed, found):
    make("Gặt lúa ở Mường Thanh")
    make("Mường Bi", credit="Bùi Minh")
    assert shown(desk("ed"), q=typed) == found


def test_the_words_of_a_photo_follow_what_becomes_of_it(desk):
    photo = make("Gặt lúa")
    photo.caption = "Cấy lúa"
    photo.save()
    assert shown(desk("ed"), q="gặt") == []
    assert shown(desk("ed"), q="cấy") == ["Cấy lúa"]
    photo.delete()
    assert list(Photo.objects.search("cay")) == []


def test_of_common_words_the_newest_photos_are_found(monkeypatch):
    monkeypatch.setattr("articles.models.photo.FOUND", 3)
    many(6)
    assert [photo.caption for photo in Photo.objects.search("anh").order_by("pk")] == ["Ảnh 3", "Ảnh 4", "Ảnh 5"]
