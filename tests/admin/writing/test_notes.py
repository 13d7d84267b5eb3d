"""Internal notes: who reads and writes them, what becomes of them, and that no reader ever does."""

import pytest

from articles.editorial import notes, transitions
from articles.models import Note
from tests import base, factories
from tests.admin.forms import change_url
from tests.views.whole_site import crawl

pytestmark = pytest.mark.django_db


def address(article, *more):
    return "/".join([f"/admin/articles/article/{article.pk}/notes", *map(str, more), ""])


def draft_of(name, **fields):
    return factories.draft(created_by=base.person(name), **fields)


def named(name, last, first):
    user = base.person(name)
    user.last_name, user.first_name = last, first
    user.save()
    return user


def test_a_note_about_a_passage_stands_on_the_form_with_its_writer(desk):
    draft = draft_of("rita")
    named("ed", "Bùi", "Văn Nam")
    response = desk("ed").post(address(draft), {"text": "Hỏi lại con số này.", "quote": "25 tấn"}, follow=True)
    assert "Hỏi lại con số này." in response.content.decode()
    page = desk("rita").get(change_url(draft)).content.decode()
    for words in ("Hỏi lại con số này.", "25 tấn", "Bùi Văn Nam", "Ghi chú nội bộ"):
        assert words in page


def test_notes_stand_with_the_oldest_first_and_answers_under_their_note(desk):
    draft = draft_of("rita")
    for text in ("Một", "Hai"):
        desk("ed").post(address(draft), {"text": text})
    first = Note.objects.get(text="Một")
    desk("rita").post(address(draft, first.pk, "answer"), {"text": "Trả lời một"})
    [one, two] = notes.threads(draft)
    assert (one.note.text, [each.text for each in one.answers]) == ("Một", ["Trả lời một"])
    assert (two.note.text, two.answers) == ("Hai", [])


def test_an_answer_to_an_answer_answers_the_note(desk):
    draft = draft_of("rita")
    first = notes.add(draft, base.person("ed"), "Một")
    second = notes.answer(first, base.person("rita"), "Hai")
    desk("ed").post(address(draft, second.pk, "answer"), {"text": "Ba"})
    assert [each.text for each in notes.threads(draft)[0].answers] == ["Hai", "Ba"]


def test_a_note_is_resolved_opened_again_and_opened_by_an_answer(desk):
    draft = draft_of("rita")
    note = notes.add(draft, base.person("ed"), "Một")
    rita = desk("rita")
    rita.post(address(draft, note.pk, "resolve"))
    note.refresh_from_db()
    assert (note.resolved_by, notes.open_count(draft)) == (base.person("rita"), 0)
    rita.post(address(draft, note.pk, "reopen"))
    assert notes.open_count(draft) == 1
    rita.post(address(draft, note.pk, "resolve"))
    rita.post(address(draft, note.pk, "answer"), {"text": "Vẫn chưa xong."})
    assert notes.open_count(draft) == 1


@pytest.mark.parametrize("text", ["", "   ", "dài " * 600])
def test_a_refused_note_comes_back_as_it_was_typed(desk, text):
    draft = draft_of("rita")
    response = desk("rita").post(address(draft), {"text": text, "quote": "đoạn này"})
    assert response.status_code == 400
    page = response.content.decode()
    assert text.strip() in page
    assert 'value="đoạn này"' in page
    assert 'role="alert"' in page
    assert Note.objects.count() == 0


def test_a_refused_answer_comes_back_as_it_was_typed(desk):
    draft = draft_of("rita")
    note = notes.add(draft, base.person("ed"), "Một")
    long = "dài " * 600
    response = desk("rita").post(f"{address(draft, note.pk, 'answer')}?panel", {"text": long})
    assert response.status_code == 400
    assert long.strip() in response.content.decode()
    assert "<html" not in response.content.decode()


# Who


def test_a_public_article_alone_opens_its_notes_to_nobody(desk):
    article = factories.published(created_by=base.person("ed"))
    notes.add(article, base.person("chris"), "Bí mật")
    rita = desk("rita")
    assert rita.get(address(article)).status_code == 403
    assert rita.post(address(article), {"text": "Tôi nữa"}).status_code == 403
    assert "Bí mật" not in rita.get(change_url(article)).content.decode()
    assert desk("kim").get(address(article)).status_code == 403
    assert Note.objects.count() == 1


def test_the_writer_keeps_the_notes_when_the_article_moved_on_and_the_photo_editor_reads_them(desk):
    draft = draft_of("rita")
    notes.add(draft, base.person("rita"), "Thiếu ảnh")
    transitions.submit(draft, base.person("rita"))
    for name in ("rita", "phong", "ed", "chris"):
        assert "Thiếu ảnh" in desk(name).get(address(draft)).content.decode(), name


def test_who_does_not_see_the_article_learns_nothing(desk, stranger):
    draft = draft_of("ed")
    note = notes.add(draft, base.person("ed"), "Một")
    paths = [address(draft), address(draft, note.pk, "answer"), address(draft, note.pk, "resolve")]
    for path in paths:
        assert desk("rita").post(path, {"text": "x"}).status_code == 404
        assert stranger.post(path, {"text": "x"}).status_code == 302
    assert Note.objects.count() == 1


def test_a_note_is_reached_by_its_own_article_only(desk):
    note = notes.add(draft_of("chris"), base.person("chris"), "Một")
    assert desk("rita").post(address(draft_of("rita"), note.pk, "resolve")).status_code == 404
    assert desk("rita").post(address(draft_of("rita"), "9" * 30, "resolve")).status_code == 404


def test_notes_change_by_post_only_and_with_a_token(desk):
    draft = draft_of("rita")
    note = notes.add(draft, base.person("ed"), "Một")
    assert desk("rita").get(address(draft, note.pk, "resolve")).status_code == 405
    client = desk("rita")
    client.handler.enforce_csrf_checks = True
    assert client.post(address(draft), {"text": "x"}).status_code == 403


# Whom it names


def test_a_note_tells_who_it_names_by_name_or_user_name(desk):
    draft = draft_of("rita")
    lan, nam = named("chris", "Bùi", "Thị Lan"), named("sam", "Đinh", "Văn Nam")
    desk("rita").post(
        address(draft), {"text": "Nhờ @bui thi lan xem; cả @sam nữa. @khong-ai thì thôi, a@b.vn cũng thôi."}
    )
    assert set(Note.objects.get().mentioned.all()) == {lan, nam}


def test_a_longer_name_is_not_taken_for_the_shorter_one_in_it():
    draft = draft_of("rita")
    named("chris", "Hà", "Thu")
    trang = named("sam", "Hà", "Thu Trang")
    assert notes.mentioned_in("Hỏi @Hà Thu Trang", draft) == [trang]


def test_nobody_is_named_who_may_not_read_the_notes_or_who_left():
    draft = draft_of("ed")
    base.person("rita")
    left = base.person("chris")
    left.is_active = False
    left.save()
    assert notes.mentioned_in("@rita @chris", draft) == []


def test_colleagues_are_offered_by_any_word_of_their_name(desk):
    draft = draft_of("rita")
    named("chris", "Bùi", "Thị Lan")
    named("sam", "Lâm", "Văn Nam")
    base.person("kim")
    rita = desk("rita")

    def offered(letters):
        return [each["user"] for each in rita.get(address(draft, "people"), {"q": letters}).json()["found"]]

    assert offered("lan") == ["chris"]
    assert offered("la") == ["chris", "sam"]
    assert offered("bui thi") == ["chris"]
    assert "kim" not in offered("")
    assert offered("\0%") == []


# Hostile, and secret


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "x\0y", "@" * 1999, "<b>đậm</b>"])
def test_hostile_words_stay_words(desk, text):
    draft = draft_of("rita")
    response = desk("rita").post(address(draft), {"text": text, "quote": "<i>"}, follow=True)
    assert response.status_code == (400 if "\0" in text else 200)
    page = response.content.decode()
    assert "<script>alert" not in page
    assert "<b>đậm" not in page


def test_no_reader_ever_reads_a_note(stranger):
    words = "CHIMYEN chỉ nội bộ"
    article = factories.published("2023-03-22 08:00", title="Bài mở")
    notes.answer(notes.add(article, base.person("chris"), words, quote="CHIMYEN"), base.person("chris"), words)
    found = crawl.crawl(stranger, [*crawl.known(), article.get_absolute_url(), "/tim-kiem/?q=CHIMYEN"])
    assert any("Bài mở" in response.content.decode() for response in found.values())
    leaks = [url for url, response in found.items() if words in response.content.decode()]
    assert leaks == []


def test_notes_cost_the_form_a_fixed_number_of_queries(desk, django_assert_max_num_queries):
    draft = draft_of("rita")
    rita = desk("rita")
    rita.get(address(draft))
    for number in range(30):
        note = notes.add(draft, base.person("rita"), f"Ghi chú {number}")
        notes.answer(note, base.person("rita"), "Đã sửa")
        notes.resolve(note, base.person("rita"))
    with django_assert_max_num_queries(8):
        rita.get(f"{address(draft)}?panel")
