import string
import unicodedata

import pytest

from articles import vietnamese

VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")  # ngang huyền hỏi ngã sắc nặng
# 12 vowels in 6 tones and đ, without the six that are plain ASCII: 67 letters, 134 with their capitals.
SMALL = [unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES] + ["đ"]
LETTERS = [letter for small in SMALL for letter in (small, small.upper()) if not letter.isascii()]


def nfd(text):
    return unicodedata.normalize("NFD", text)


def test_the_alphabet_of_these_tests_has_all_134_letters():
    assert len(set(LETTERS)) == 134


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_every_letter_folds_to_plain_ascii(form):
    folded = {vietnamese.fold(unicodedata.normalize(form, letter)) for letter in LETTERS}
    assert folded == set("aeiouyd")


@pytest.mark.parametrize("rule", [vietnamese.clean, vietnamese.fold, vietnamese.key, vietnamese.slug])
def test_both_unicode_forms_of_every_letter_come_out_the_same(rule):
    for letter in LETTERS:
        word = f"Th{letter}m {letter}"
        assert rule(nfd(word)) == rule(word)


@pytest.mark.parametrize("rule", [vietnamese.clean, vietnamese.clean_line, vietnamese.clean_lines, vietnamese.key])
def test_a_rule_applied_twice_changes_nothing_more(rule):
    text = nfd(" \ufeffĐường\u200b  HÒA\xa0BÌNH\r\n \t“Ở đây” \u202e ")
    assert rule(rule(text)) == rule(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đà Bắc: ưu đãi, HIỆU QUẢ", "da bac: uu dai, hieu qua"),
        ("hoà bình", "hoa binh"),
        ("hòa bình", "hoa binh"),
        ("Thuở Ấy Ở Ngoằn Khuỷu", "thuo ay o ngoan khuyu"),
    ],
)
def test_folding_takes_marks_case_and_the_stroke_of_d(text, folded):
    assert vietnamese.fold(text) == folded


def test_a_key_knows_words_only():
    assert vietnamese.key("“Mỗi xã_một” sản-phẩm… 2,5 tỉ/đồng!") == "moi xa mot san pham 2 5 ti dong"


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Huyện Đà Bắc đổi mới", "huyen-da-bac-doi-moi"),
        ("Tỷ lệ 2,5 tỉ/đồng ở Đắk Lắk", "ty-le-2-5-ti-dong-o-dak-lak"),
        ("Thu 1.707 tấn, đạt 20% (OCOP)", "thu-1-707-tan-dat-20-ocop"),
        ("  “Ước” — Ýên…  ", "uoc-yen"),
        ("!?… 。", ""),
        ("日本", ""),
    ],
)
def test_a_title_gives_its_slug(title, slug):
    assert vietnamese.slug(title) == slug


def test_a_long_slug_is_cut_at_a_hyphen():
    slug = vietnamese.slug("Nghiêng " * 30)
    assert len(slug) <= vietnamese.SLUG_LENGTH
    assert set(slug.split("-")) == {"nghieng"}


def test_a_slug_of_exactly_the_limit_is_not_cut():
    title = "a" * 49 + " " + "b" * 50
    assert vietnamese.slug(title) == title.replace(" ", "-")


def test_one_endless_word_is_cut_anywhere():
    assert vietnamese.slug("đ" * 300) == "d" * vietnamese.SLUG_LENGTH


@pytest.mark.parametrize(
    "char",
    [
        "\x00",
        "\x0b",
        "\x1f",
        "\x7f",
        "\x9f",
        "\xad",
        "\u200b",
        "\u200e",
        "\u202e",
        "\u2066",
        "\ufeff",
        "\ud800",
        "\uffff",
    ],
)
def test_characters_that_nobody_sees_are_taken_out(char):
    assert vietnamese.clean_line(f"Hòa{char} Bình") == "Hòa Bình"


def test_spaces_of_any_kind_become_one():
    assert vietnamese.clean_line("\xa0 Hòa \t\u2003\n\u3000Bình \xa0") == "Hòa Bình"


def test_line_ends_stay_in_text_of_several_lines():
    assert vietnamese.clean_lines("Một \r\n\r\n hai\u2028ba") == "Một\n\nhai\nba"


@pytest.mark.parametrize(
    "words",
    [
        "An Ánh Ăn Âu Bình Dân Du Dũng Đào Đặng Đinh Ê Giang Ô Ơn Uyên Ư Ước Yến",
        "ma mà mả mã má mạ măng",
        "mo mô mơ mu mư",
        "Ba bà Bảy",
    ],
)
def test_words_stand_in_the_order_of_a_vietnamese_dictionary(words):
    right = words.split()
    assert sorted(reversed(right), key=vietnamese.sort_key) == right


def test_the_order_is_the_same_in_both_unicode_forms():
    for letter in LETTERS:
        assert vietnamese.sort_key(nfd(letter)) == vietnamese.sort_key(letter)


def test_every_letter_has_its_own_place_in_the_order():
    places = {str(vietnamese.sort_key(letter)) for letter in [*SMALL, *string.ascii_lowercase]}
    assert len(places) == len({*SMALL, *string.ascii_lowercase})
