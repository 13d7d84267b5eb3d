import re

import pytest

from articles import snippets, vietnamese

LONG = "Sáng nay trời nhiều mây. " * 30


@pytest.mark.parametrize("query", ["thuy dien", "Thủy điện", "THUỶ ĐIỆN", "thu\u0309y die\u0323\u0302n", "“thủy điện”"])
def test_a_hit_is_marked_in_its_own_spelling(query):
    assert snippets.marked("Hồ Thủy điện Hòa Bình", query) == "Hồ <mark>Thủy điện</mark> Hòa Bình"


def test_words_that_stand_apart_are_marked_each():
    assert snippets.marked("Điện từ nước và thủy triều", "thuy dien") == (
        "<mark>Điện</mark> từ nước và <mark>thủy</mark> triều"
    )


def test_where_the_words_stand_side_by_side_the_single_ones_are_not_marked():
    assert snippets.marked("Đà phát triển ở Đà Bắc", "da bac") == "Đà phát triển ở <mark>Đà Bắc</mark>"


def test_only_whole_words_are_marked():
    assert snippets.marked("Tin tính tỉnh", "tin") == "<mark>Tin</mark> tính tỉnh"


def test_the_beginning_of_a_word_is_a_hit_only_where_the_word_itself_is_not():
    assert snippets.marked("Đường sắt Bắc Nam", "duon") == "<mark>Đường</mark> sắt Bắc Nam"


@pytest.mark.parametrize("query", ["", "“”", "khong co"])
def test_a_text_without_hits_stays_as_it_is(query):
    assert snippets.marked("A & <b>", query) == "A &amp; &lt;b&gt;"


def test_no_text_becomes_markup():
    html = snippets.marked("<script>lúa</script> & <mark>", "lua")
    assert html == "&lt;script&gt;<mark>lúa</mark>&lt;/script&gt; &amp; &lt;mark&gt;"


def test_the_lede_is_shown_when_it_has_the_hit():
    assert snippets.snippet("Lúa trổ sớm.", "Lúa ở thân bài.", "lua") == "<mark>Lúa</mark> trổ sớm."


def test_the_body_is_shown_around_its_first_hit_when_the_lede_has_none():
    html = snippets.snippet("Sa-pô.", f"{LONG}Hồ thủy điện đầy nước. {LONG}", "thuy dien")
    assert "Hồ <mark>thủy điện</mark> đầy nước." in html
    assert (html[0], html[-1]) == ("…", "…")


def test_the_body_is_shown_where_only_there_the_words_stand_side_by_side():
    text = snippets.snippet("Mỗi năm một mùa.", "Chương trình nông thôn mới.", "nông thôn mới")
    assert text == "Chương trình <mark>nông thôn mới</mark>."


def test_without_a_hit_the_lede_is_shown():
    assert snippets.snippet("Sa-pô.", "Thân bài.", "khac") == "Sa-pô."


@pytest.mark.parametrize("text", [LONG, "x" * 5000, "lúa " * 900, f"{'x' * 900} lúa {'y' * 900}", f"{LONG}lúa"])
def test_a_snippet_is_never_longer_than_two_hundred_characters(text):
    shown = re.sub(r"</?mark>", "", snippets.snippet("", text, "lua"))
    assert 0 < len(shown) <= 200


def test_marks_that_do_not_compose_stay_on_their_word():
    assert snippets.marked("x\u0301y lúa", "xy") == "<mark>x\u0301y</mark> lúa"


@pytest.mark.parametrize("text", ["Thủy điện Hòa Bình – 1.920 MW, “lớn nhất” (1994)", "½ lít ﬁn điê\u0323n và 水電 Đà"])
def test_the_short_way_and_the_long_one_find_the_same_places(text, monkeypatch):
    words = tuple(vietnamese.key(text).split())
    short = [snippets._Text(text).places(words, joint) for joint in (snippets._BETWEEN, "|")]
    monkeypatch.setattr(vietnamese, "keeps_places", lambda text: False)
    assert [snippets._Text(text).places(words, joint) for joint in (snippets._BETWEEN, "|")] == short
    assert [vietnamese.key(text[start:end]) for start, end in short[1]] == list(words)
