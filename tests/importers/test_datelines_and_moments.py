import pytest

from articles.importers.lines import captions, datelines, moments


@pytest.mark.parametrize(("text", "tag"), [
    ("(HBĐT) - Ngày 22/3", "HBĐT"), ("(HBĐT)- Ngày 22/3", "HBĐT"), ("HBĐT - Ngày 22/3", "HBĐT"),
    ("(HBO) - Ngày 22/3", "HBO"), ("(Dân trí) - Ngày 22/3", "Dân trí"), ("GD&TĐ - Ngày 22/3", "GD&TĐ"),
    ("(PLO)-Ngày 22/3", "PLO"), ("(Baothanhhoa.vn) – Ngày 22/3", "Baothanhhoa.vn"),
])  # fmt: skip
def test_the_newspapers_tag_comes_off_the_lede(text, tag):
    assert datelines.strip(text) == (tag, "Ngày 22/3")


@pytest.mark.parametrize("text", ["(CLB) Nữ doanh nhân", "(OCOP), thời gian qua", "ASEAN - Trung Quốc ký", "(1) - Một"])
def test_brackets_and_dashes_of_a_sentence_stay(text):
    assert datelines.strip(text) == (None, text)


@pytest.mark.parametrize(("text", "moment"), [
    ("22/11/2010", "2010-11-22T00:00:00+07:00"), ("22/11/2010 09:30", "2010-11-22T09:30:00+07:00"),
    ("2010-11-22", "2010-11-22T00:00:00+07:00"), ("2010-11-22T02:30:00Z", "2010-11-22T02:30:00+00:00"),
    ("2025-08-30T14:05:26+0700", "2025-08-30T14:05:26+07:00"),
    ("Thứ tư, 22/10/2025, 19:25 (GMT+7)", "2025-10-22T19:25:00+07:00"),
    ("Cập nhật lúc 9h30, ngày 22/11/2010", "2010-11-22T09:30:00+07:00"),
    ("24/12/2022 4:28:58 PM", "2022-12-24T16:28:58+07:00"),
    ("Ngày 2 tháng 9 năm 1982", "1982-09-02T00:00:00+07:00"),
])  # fmt: skip
def test_dates_are_read_as_vietnamese_pages_write_them(text, moment):
    assert moments.parse(text).isoformat() == moment


@pytest.mark.parametrize("text", [
    "31/02/2010", "2010-99-99", "2010-11-22T25:00", "22/3", "hôm nay", "", "Sáng 22/3/2023, UBND huyện họp",
    "Sáng 22/3/1823, UBND huyện họp", "2010-11-22T10:00+99:99",
])  # fmt: skip
def test_what_is_no_date_is_refused_with_how_to_write_one(text):
    with pytest.raises(ValueError, match="22/11/2010"):
        moments.parse(text)


@pytest.mark.parametrize("text", [
    "0000-01-01", "9999-99-99", "1899-12-31", "2201-01-01T08:00", "31/12/1899", "22/11/2999 09:30",
    "Ngày 2 tháng 9 năm 1782",
])  # fmt: skip
def test_a_year_out_of_the_archives_range_is_refused_with_the_range(text):
    with pytest.raises(ValueError, match="(?s)1900.*2200"):
        moments.parse(text)


def test_a_sentence_with_a_date_is_no_date_line():
    assert moments.is_date_line("Thứ tư, 22/10/2025, 19:25 (GMT+7)")
    assert not moments.is_date_line("Sáng 22/3/2023, UBND huyện họp")


@pytest.mark.parametrize(("caption", "parts"), [
    ("Gặt lúa ở Mai Châu (Ảnh: Bùi Minh).", ("Gặt lúa ở Mai Châu.", "Bùi Minh")),
    ("Gặt lúa ở Mai Châu. Ảnh: Bùi Minh", ("Gặt lúa ở Mai Châu.", "Bùi Minh")),
    ("Gặt lúa ở Mai Châu.", ("Gặt lúa ở Mai Châu.", "")),
    ("Gặt lúa ở Mai Châu - Ảnh: BÙI MINH", ("Gặt lúa ở Mai Châu.", "BÙI MINH")),
    ("Ảnh: Bùi Minh", ("", "Bùi Minh")),
])  # fmt: skip
def test_a_caption_gives_up_its_photo_credit(caption, parts):
    assert captions.split(caption) == parts
