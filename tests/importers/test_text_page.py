"""Text pages of every make the old CMS left: written by hand, no real news."""

import pytest

from articles import importers, richtext

LEDE = "(ĐC) - Sáng 13/9, bà con hai bản cùng đi trên cây cầu mới, sau mười hai năm lội suối."
BARE_LEDE = LEDE.removeprefix("(ĐC) - ")
CAPTION = "Cầu treo trước ngày thông xe ."
FIRST = "Cầu dài bốn mươi mét, do bà con góp công và đá cuội, huyện cho xi măng và sắt thép."
SECOND = "Từ nay các em đến lớp chỉ mất mười lăm phút đi bộ."
BYLINE = "\u00a0" * 40 + "Quàng Suối."
OTHERS = "Các tin khác\n\nBản Láo có điện lưới\n\n(ĐC) - Đêm 10/9, bản Láo sáng đèn lần đầu tiên.\n\nXã mở chợ phiên"


def read(*parts, between="\n\n"):
    return importers.parse(between.join(parts).encode(), "page.txt")


def body(incoming):
    return richtext.paragraphs(incoming.body)


def test_a_page_without_a_photo_has_none():
    incoming = read(LEDE, FIRST, SECOND, BYLINE)
    assert (incoming.photo, incoming.title, incoming.lede) == (None, None, BARE_LEDE)
    assert body(incoming) == [FIRST, SECOND]


def test_a_caption_printed_once_is_a_caption():
    incoming = read(CAPTION, LEDE, FIRST)
    assert (incoming.photo.caption, incoming.photo.printed_times) == ("Cầu treo trước ngày thông xe.", 1)
    assert incoming.title is None


def test_a_caption_printed_twice_is_one_without_a_dateline_too():
    incoming = read(CAPTION, CAPTION, BARE_LEDE, FIRST)
    assert (incoming.photo.printed_times, incoming.lede, incoming.dateline) == (2, BARE_LEDE, None)


def test_a_first_line_without_a_stop_is_the_title():
    incoming = read("Cầu mới qua suối Láo", CAPTION, CAPTION, LEDE, FIRST)
    assert (incoming.title, incoming.captions) == ("Cầu mới qua suối Láo", ["Cầu treo trước ngày thông xe."])


def test_section_title_and_date_above_the_lede_are_told_apart():
    incoming = read("Trang chủ > Xã hội > Giao thông", "Cầu mới qua suối Láo", "Thứ năm, 14/9/2006, 16:05", LEDE, FIRST)
    assert (incoming.sections, incoming.title) == (("Xã hội", "Giao thông"), "Cầu mới qua suối Láo")
    assert incoming.published_at.isoformat() == "2006-09-14T16:05:00+07:00"


def test_a_photo_credit_under_the_caption_belongs_to_it():
    assert read(CAPTION, "Ảnh: Lò Mây", LEDE, FIRST).captions == ["Cầu treo trước ngày thông xe. Ảnh: Lò Mây"]


def test_a_caption_in_the_middle_leaves_the_body():
    incoming = read(LEDE, FIRST, CAPTION, CAPTION, SECOND)
    assert body(incoming) == [FIRST, SECOND]
    assert incoming.captions == ["Cầu treo trước ngày thông xe."]


def test_a_page_without_a_byline_keeps_its_last_paragraph():
    incoming = read(LEDE, FIRST, SECOND)
    assert (incoming.byline, body(incoming)) == (None, [FIRST, SECOND])


@pytest.mark.parametrize(("line", "byline"), [
    ("Quàng Suối", "Quàng Suối"), ("Theo TTXVN", "Theo TTXVN"), ("\t\t\t\t\t\t\t\tThảo", "Thảo"), ("PV", "PV"),
    ("Bài: Lò Mây; Ảnh: Hà Núi", "Lò Mây, Hà Núi"),
])  # fmt: skip
def test_bylines_are_found_by_place_or_by_words(line, byline):
    incoming = read(LEDE, FIRST, line, OTHERS)
    assert (incoming.byline, body(incoming)) == (byline, [FIRST])


def test_a_byline_behind_the_last_words_of_a_paragraph_is_found():
    incoming = read(LEDE, FIRST, SECOND + BYLINE, OTHERS)
    assert (incoming.byline_as_printed, body(incoming)) == ("Quàng Suối.", [FIRST, SECOND])


@pytest.mark.parametrize("count", [0, 1, 30])
def test_any_number_of_paragraphs(count):
    paragraphs = [f"Đoạn thứ {number} kể tiếp chuyện cây cầu mới." for number in range(count)]
    assert body(read(LEDE, *paragraphs, BYLINE)) == paragraphs


def test_related_titles_come_with_and_without_teasers():
    first, second = read(LEDE, FIRST, BYLINE, OTHERS).related
    assert (first.title, first.dateline) == ("Bản Láo có điện lưới", "ĐC")
    assert (first.lede, second.title, second.lede) == (
        "Đêm 10/9, bản Láo sáng đèn lần đầu tiên.",
        "Xã mở chợ phiên",
        "",
    )


def test_a_list_of_bare_titles_loses_its_bullets_and_days():
    incoming = read(LEDE, FIRST, "Tin liên quan:", "- Bản Láo có điện (10/09)\n- Xã mở chợ phiên (08/09/2006)")
    assert incoming.related_heading == "Tin liên quan"
    assert [link.title for link in incoming.related] == ["Bản Láo có điện", "Xã mở chợ phiên"]


def test_without_related_news_the_archive_form_still_ends_the_article():
    incoming = read(LEDE, FIRST, BYLINE, "Xem các tin đã đưa ngày:\nTin trong: Chuyên mục này Mọi chuyên mục")
    assert (body(incoming), incoming.related, incoming.byline) == ([FIRST], (), "Quàng Suối")
    assert incoming.archive_form.scopes == ("Chuyên mục này", "Mọi chuyên mục")


def test_paragraphs_broken_at_a_column_are_made_whole():
    assert body(read(LEDE, FIRST.replace(", huyện", ",\nhuyện"), SECOND)) == [FIRST, SECOND]


def test_single_line_ends_part_paragraphs_too():
    assert body(read(LEDE, FIRST, SECOND, between="\n")) == [FIRST, SECOND]


def test_markup_in_a_text_page_stays_text():
    incoming = read(LEDE, "Ông nói 5 < 6 & 7 > 2, rồi gõ <script>alert(1)</script> lên bảng.")
    assert "<script" not in incoming.body
    assert body(incoming) == ["Ông nói 5 < 6 & 7 > 2, rồi gõ <script>alert(1)</script> lên bảng."]


def test_a_first_paragraph_too_long_for_a_lede_is_cut_at_a_sentence():
    long = " ".join([FIRST] * 20)
    incoming = read("(ĐC) - " + long, SECOND)
    assert len(incoming.lede) <= 1000
    assert incoming.lede.endswith(".")
    assert f"{incoming.lede} {body(incoming)[0]}" == long
