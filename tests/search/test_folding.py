"""The quick folding is the slow one, and one style of tone marks is as good as the other."""

import unicodedata

import pytest

from articles import vietnamese

TEXTS = [
    "Đà Bắc: ưu đãi, HIỆU QUẢ “Thủy điện”…",
    "Łódź Ærø ﬁ İstanbul ß ΑΣ Ð Ɖ",
    "a\u0323\u0302 \u0301",
    "thủ\u200by\xad",
]


@pytest.mark.parametrize("text", TEXTS)
def test_the_quick_folding_is_the_slow_one(text):
    for form in ("NFC", "NFD", "NFKC"):
        shape = unicodedata.normalize(form, text)
        assert vietnamese.fold(shape) == vietnamese._fold(shape)


def test_they_agree_on_every_character_alone_and_before_a_mark():
    for char in map(chr, range(0x3000)):
        for text in (char, char + "\u0301", "a" + char):
            assert vietnamese.fold(text) == vietnamese._fold(text), hex(ord(char))


@pytest.mark.parametrize(
    ("new", "old"),
    [
        *(("hoà", "hòa"), ("khoẻ", "khỏe"), ("thuý", "thúy"), ("Uỷ", "Ủy"), ("HOÀ", "HÒA"), ("xoá đói", "xóa đói")),
        *(("quý", "quý"), ("QUỲ", "QUỲ"), ("hoài", "hoài"), ("toàn", "toàn"), ("hoàn", "hoàn"), ("thuở", "thuở")),
    ],
)
def test_tone_marks_take_the_old_style_where_there_are_two(new, old):
    assert vietnamese.tone_style(new) == vietnamese.tone_style(old) == old
