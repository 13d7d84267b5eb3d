import pytest

from articles import prose


@pytest.mark.parametrize(
    ("rule", "text", "places"),
    [
        (prose.spaces_before_marks, "phát triển lao động . Sau đó", ["lao động . Sau đó"]),
        (prose.spaces_before_marks, "Được mùa !", ["Được mùa !"]),
        (prose.marks_without_space, "ở Hòa Bình,Phú Thọ", ["ở Hòa Bình,Phú Thọ"]),
        (prose.marks_without_space, "đã xong.Ông Nam nói", ["đã xong.Ông Nam nói"]),
        (prose.lone_hyphens, "sản xuất- kinh doanh", ["sản xuất- kinh doanh"]),
        (prose.lone_hyphens, "sản xuất -kinh doanh", ["sản xuất -kinh doanh"]),
        (prose.uneven_quotes, 'trình "Mỗi xã” này', ['trình "Mỗi xã” này']),
        (prose.uneven_quotes, 'trình “Mỗi xã" này', ['trình “Mỗi xã" này']),
        (prose.doubled_before_number, "từ năm năm 2006 đến", ["từ năm năm 2006 đến"]),
        (prose.mixed_tones, "cấp uỷ và tọa đàm", ["tọa", "uỷ"]),
    ],
)
def test_a_slip_is_quoted_with_the_words_about_it(rule, text, places):
    assert rule(text) == places


GOOD = [
    "Tăng 2,5% so với năm 2022; đạt 1.707 tấn… Vậy mà!",
    "Ở TP.HCM, Q.1, ThS.Nguyễn Văn A nói: “Tốt!”.",
    "Bà Rịa-Vũng Tàu, giai đoạn 2006-2010, xi-măng, Covid-19.",
    "Kinh tế - xã hội; đêm xuống -5 độ C.",
    'Nói "được" và “được”, màn hình 15" và “to”.',
    "Đi từ từ, băng băng; năm năm sau, 2 2 3.",
    "Xem www.baochinhphu.vn/a,b ,rồi viết cho a.b@c.vn .",
    "Tọa đàm ở Hòa Bình về thủy lợi, quý khách, khuỷu tay, toàn, ngoại.",
    "Bà Thuý ở xã Hoà Sơn dự tọa đàm.",
    "Chờ ... rồi thôi ...",
    "",
]


@pytest.mark.parametrize("rule", [
    prose.spaces_before_marks, prose.marks_without_space, prose.lone_hyphens, prose.uneven_quotes,
    prose.doubled_before_number, prose.mixed_tones,
])  # fmt: skip
@pytest.mark.parametrize("text", GOOD)
def test_good_vietnamese_is_left_alone(rule, text):
    assert rule(text) == []


def test_a_quotation_keeps_to_its_line():
    assert prose.spaces_before_marks("Dòng trên\nlao động .\nDòng dưới") == ["lao động ."]
    assert prose.uneven_quotes('Một "hai\nba” bốn') == []


def test_the_prose_of_a_body_leaves_tables_and_code_out():
    body = "<p>Một.</p><table><tr><td>hai .</td></tr></table><pre>ba .</pre><p>Bốn.</p>"
    assert prose.of_body(body) == "Một.\nBốn."
