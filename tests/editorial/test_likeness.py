import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.editorial import documents, likeness
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indexed")]

STORY = (
    "Sáng 12/3, tại xã Tây Phong, huyện Cao Phong, Phòng Nông nghiệp phối hợp với hợp tác xã Hà Phong tổ chức hội nghị"
    " đầu bờ đánh giá mô hình trồng cam lòng vàng theo hướng hữu cơ. Sau hai năm, năng suất bình quân đạt 25 tấn mỗi"
    " héc-ta, cao hơn sản xuất đại trà ba tấn; giá bán tại vườn ổn định ở mức 22.000 đồng một ki-lô-gam."
)
OTHER = (
    "Công an thành phố vừa bàn giao cho gia đình một cháu bé đi lạc ở chợ Phương Lâm. Người dân phát hiện cháu ngồi"
    " khóc một mình bên quầy bánh, không nhớ địa chỉ nhà. Sau gần ba giờ xác minh, cán bộ công an phường đã tìm được bố"
    " mẹ của cháu."
)


def body(*texts):
    return "".join(f"<p>{text}</p>" for text in texts)


def test_a_story_told_twice_is_found_with_and_without_diacritics():
    first = factories.published(body=body(STORY))
    assert likeness.near_duplicates({"title": "Cam", "body": body(STORY)}) == [first]
    bare = STORY.lower().replace("ổ", "o").replace("à", "a").replace("đ", "d")
    assert likeness.near_duplicates({"title": "Cam", "body": body(bare)}) == [first]


def test_half_a_story_with_a_new_half_is_still_the_same_story():
    first = factories.published(body=body(STORY))
    assert likeness.near_duplicates({"body": body(STORY, OTHER)}) == [first]
    assert likeness.near_duplicates({"body": body(OTHER, STORY[:250])}) == [first]


def test_another_story_and_one_that_quotes_a_sentence_are_none():
    factories.published(body=body(STORY))
    assert likeness.near_duplicates({"body": body(OTHER)}) == []
    assert likeness.near_duplicates({"body": body(OTHER, OTHER[::-1], STORY[:90])}) == []


def test_two_words_are_no_story_to_be_told_twice():
    factories.published(body="<p>Nội dung đang cập nhật.</p>")
    assert likeness.near_duplicates({"body": "<p>Nội dung đang cập nhật.</p>"}) == []


@pytest.mark.parametrize("make", [factories.draft, factories.scheduled, factories.withdrawn])
def test_what_readers_do_not_see_is_no_duplicate(make):
    make(body=body(STORY))
    assert likeness.near_duplicates({"body": body(STORY)}) == []


def test_a_story_is_not_its_own_duplicate():
    first = factories.published(body=body(STORY))
    assert likeness.near_duplicates(first) == []
    assert likeness.near_duplicates(documents.of(first), article=first) == []
    copy = factories.draft(body=body(STORY))
    assert likeness.near_duplicates(copy) == [first]


def test_the_whole_archive_is_compared():
    old = factories.published("2009-01-01 08:00", title="Cam Cao Phong được mùa", body=body(STORY))
    factories.many(30)
    assert likeness.near_duplicates({"title": "Cam lòng vàng", "body": body(STORY)}) == [old]


@pytest.mark.parametrize("text", [STORY, OTHER])
def test_looking_for_a_duplicate_costs_the_same_few_queries(django_assert_max_num_queries, text):
    factories.published(body=body(STORY))
    factories.many(30)
    with django_assert_max_num_queries(7):  # the index (by years on PostgreSQL), texts, namesakes, what was found
        likeness.near_duplicates({"title": "Cam", "body": body(text)})


# What to link to


def oranges():
    return factories.published(title="Nông dân Cao Phong thu hoạch cam lòng vàng", body=body(STORY))


def test_the_likest_story_is_suggested_first_and_what_shares_nothing_is_not():
    found = oranges()
    near = factories.published(title="Cao Phong xây dựng nông thôn mới")
    factories.published(title="Công an tìm người nhà cho cháu bé đi lạc", lede="Ở chợ Phương Lâm.", body=body(OTHER))
    document = {"title": "Giá cam lòng vàng Cao Phong tăng mạnh", "lede": "Đầu vụ, thương lái vào tận vườn."}
    assert likeness.suggest(document) == [found, near]


def test_a_pair_that_every_story_holds_says_nothing():
    for number in range(4):
        factories.published(title=f"Hòa Bình: tin thứ {number}", body=body(OTHER))
    assert likeness.suggest({"title": "Tỉnh Hòa Bình hôm nay", "lede": ""}) == []


def test_a_story_of_the_same_section_comes_before_one_like_it():
    twins = [
        factories.published(title="Cầu treo Pu Bin", category=factories.section(name)) for name in ("Xã hội", "Kinh tế")
    ]
    factories.published(title="Chợ phiên", body=body(OTHER))
    for twin in twins:
        assert likeness.suggest({"title": "Sửa cầu treo", "category": twin.category_id})[0] == twin


def test_neither_itself_nor_what_it_links_to_nor_what_readers_do_not_see_is_suggested():
    first, second = oranges(), oranges()
    factories.draft(title=first.title)
    factories.published(title="Chợ phiên", body=body(OTHER))
    document = {**documents.of(first), "links": [{"target": second.pk}]}
    assert likeness.suggest(document, first) == []
    assert likeness.suggest(documents.of(first), first) == [second]


@pytest.mark.parametrize("title", ["", "và của những", "2026 2027", "\0\ud800", "%_' OR 1=1", "a " * 5000])
def test_nothing_that_is_typed_breaks_it(title):
    oranges()
    assert likeness.suggest({"title": title, "lede": title, "body": title}) == []
    assert likeness.near_duplicates({"title": title, "body": title}) == []


def test_suggestions_cost_no_more_in_a_longer_archive():
    oranges()
    factories.many(30, when=timezone.now() - timezone.timedelta(days=1))
    numbers = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert likeness.suggest({"title": "Cam lòng vàng Cao Phong", "lede": ""})
        numbers.append(len(queries))
        factories.many(30, when=timezone.now() - timezone.timedelta(days=1))
    assert numbers[0] == numbers[1]
