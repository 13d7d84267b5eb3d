"""What the editor's dialogs find while somebody writes."""

import pytest

from tests import base, factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indexed")]

TITLED, ALIKE = "/admin/articles/article/titled/", "/admin/articles/article/alike/"
PICTURES, PLAYER = "/admin/articles/article/pictures/", "/admin/articles/article/player/"


def titles(response):
    return [each["title"] for each in response.json()["found"]]


@pytest.mark.parametrize("typed", ["thủy điện", "thuy dien", "THỦY  ĐIỆN", "điện thủy"])
def test_an_article_is_found_by_words_of_its_title_with_and_without_diacritics(desk, typed):
    factories.published(title="Thủy điện Hòa Bình xả lũ")
    factories.published(title="Chợ phiên Pà Cò")
    assert titles(desk("rita").get(TITLED, {"q": typed})) == ["Thủy điện Hòa Bình xả lũ"]


def test_what_readers_see_comes_before_own_drafts_and_the_same_marks_before_others(desk):
    factories.draft(title="Đường mới", created_by=base.person("rita"))
    factories.published("2023-03-22 08:00", title="Đường về Đà Bắc")
    factories.published("2023-03-23 08:00", title="Dương Văn Hùng nói")
    assert titles(desk("rita").get(TITLED, {"q": "đường"})) == ["Đường về Đà Bắc", "Dương Văn Hùng nói", "Đường mới"]


def test_nobody_finds_what_they_may_not_see(desk, stranger):
    factories.draft(title="Kín của Ed", created_by=base.person("ed"))
    assert titles(desk("rita").get(TITLED, {"q": "kin"})) == []
    assert stranger.get(TITLED, {"q": "kin"}).status_code == 302
    for path in (TITLED, PICTURES):
        assert "Kín" not in desk("kim").get(path, {"q": "kin"}).content.decode()


def test_an_article_comes_with_its_address_and_what_tells_it_from_others(desk):
    article = factories.published("2023-03-22 08:00", title="Cam Cao Phong")
    factories.draft(title="Cam xanh", category=None, created_by=base.person("rita"))
    [shown, own] = desk("rita").get(TITLED, {"q": "cam"}).json()["found"]
    assert (shown["url"], shown["facts"]) == (article.get_absolute_url(), "Kinh tế · 22/03/2023")
    assert (own["url"], own["facts"]) == ("", "Nháp")


def test_suggestions_are_like_what_is_typed_saved_or_not(desk):
    found = factories.published(title="Nông dân Cao Phong thu hoạch cam lòng vàng")
    factories.published(title="Công an tìm người nhà cho cháu bé")
    typed = {"title": "Giá cam lòng vàng tăng", "lede": "", "category": "", "article": ""}
    assert titles(desk("rita").post(ALIKE, typed)) == [found.title]
    assert titles(desk("rita").post(ALIKE, {**typed, "linked": [found.pk]})) == []
    assert titles(desk("ed").post(ALIKE, {**typed, "article": found.pk})) == []


@pytest.mark.parametrize("value", ["", "abc", "0", "-1", "9" * 30, "\0", "1;drop"])
def test_hostile_numbers_and_words_are_no_error(desk, value):
    client = desk("rita")
    assert client.get(TITLED, {"q": value}).status_code == 200
    assert client.get(PICTURES, {"q": value}).status_code == 200
    assert client.get(PLAYER, {"address": value}).status_code == 400
    answer = client.post(ALIKE, {"title": value, "category": value, "article": value, "linked": value})
    assert answer.status_code in {200, 404}


def test_pictures_are_found_by_their_caption_and_bring_it_with_their_credit(desk):
    photo = factories.photo_without_files(caption="Cầu Hòa Bình 3", credit="Hà Thu", alt="")
    factories.photo_without_files(caption="Chợ phiên")
    [found] = desk("rita").get(PICTURES, {"q": "cau hoa"}).json()["found"]
    assert (found["url"], found["caption"]) == (photo.url, "Cầu Hòa Bình 3 Ảnh: Hà Thu")
    assert found["alt"] == "Cầu Hòa Bình 3"
    assert len(desk("rita").get(PICTURES).json()["found"]) == 2
    assert desk("kim").get(PICTURES).status_code == 403


def test_a_player_is_known_by_its_address_or_refused_with_a_reason(desk):
    known = desk("rita").get(PLAYER, {"address": "https://youtu.be/dQw4w9WgXcQ?si=abc"}).json()
    assert known["address"] == "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
    refused = desk("rita").get(PLAYER, {"address": "https://xau.vn/video"})
    assert refused.status_code == 400
    assert "YouTube" in refused.json()["error"]
