import pytest

from articles.importers.lines import bylines


@pytest.mark.parametrize(("line", "credits"), [
    ("Đinh Thắng.", [("Đinh Thắng", "text")]),
    ("Minh Anh - Bá Khải", [("Minh Anh", "text"), ("Bá Khải", "text")]),
    ("Trần Linh, Thế Phi", [("Trần Linh", "text"), ("Thế Phi", "text")]),
    ("Nhâm Thân – Duy Cường", [("Nhâm Thân", "text"), ("Duy Cường", "text")]),
    ("Bùi Minh và Hải Yến", [("Bùi Minh", "text"), ("Hải Yến", "text")]),
    ("Theo TTXVN", [(None, "source")]),
    ("Nguồn: báo Nhân Dân", [(None, "source")]),
    ("P.V", [(None, "text")]),
    ("Nhóm PV", [(None, "text")]),
    ("CTV Nhật Minh", [("Nhật Minh", "text")]),
    ("(TH)", [(None, "compiled")]),
    ("T.Lê", [("T.Lê", "text")]),
    ("Lam Phong (Theo TASS)", [("Lam Phong", "text"), (None, "source")]),
    ("Minh Anh (lược dịch)", [("Minh Anh", "translated")]),
    ("Minh Anh (tổng hợp theo Bloomberg)", [("Minh Anh", "compiled"), (None, "source")]),
    ("Trần Huyền/VOV-Đông Bắc", [("Trần Huyền", "text"), (None, "source")]),
    ("Bài, ảnh: Phú Xuyên", [("Phú Xuyên", "text_photo")]),
    ("Bài: SỸ ĐÔNG; Ảnh: HOÀNG TRIỀU", [("SỸ ĐÔNG", "text"), ("HOÀNG TRIỀU", "photo")]),
])  # fmt: skip
def test_a_byline_names_its_people_and_their_part(line, credits):
    assert [(credit.name, credit.role) for credit in bylines.parse(line)] == credits
    assert bylines.looks_like(line)


@pytest.mark.parametrize(
    "line", ["Xin cảm ơn ông!", "Từ nay các em đến lớp chỉ mất mười lăm phút.", "/VOV.VN", ")", ""]
)
def test_a_short_last_sentence_is_no_byline(line):
    assert not bylines.looks_like(line)


def test_a_hyphen_without_spaces_parts_no_names():
    assert [credit.name for credit in bylines.parse("Bà Rịa-Vũng Tàu")] == ["Bà Rịa-Vũng Tàu"]
