import pytest

from articles.models import CheckLevel
from tests import factories
from tests.editorial.checks.looking import names, one

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("space-before", "Đẩy mạnh lao động ."),
        ("space-after", "Ở Hòa Bình,Phú Thọ."),
        ("hyphen", "Hộ sản xuất- kinh doanh giỏi."),
        ("quotes", 'Chương trình "Mỗi xã một sản phẩm”.'),
        ("doubled", "Bắt đầu từ từ 2006."),
    ],
)
def test_each_slip_is_found_and_warns(name, text):
    assert names(body=f"<p>{text}</p>") == {name}
    assert not one(name, body=f"<p>{text}</p>").blocks


def test_a_slip_is_found_where_it_stands():
    assert one("space-before", title="Được mùa !").where == "title"
    assert one("space-before", lede="Được mùa !").where == "lede"


def test_three_places_are_quoted_and_the_others_counted():
    text = " ".join(f"Số {word} ." for word in ["một", "hai", "ba", "bốn", "năm"])
    message = one("space-before", body=f"<p>{text}</p>").message
    assert (message.count("“"), "(+2)" in message) == (3, True)


def test_two_styles_of_tones_are_said_only_where_a_chief_wants_it():
    body = "<p>Cấp uỷ họp tọa đàm.</p>"
    assert names(body=body) == set()
    CheckLevel.objects.create(check_name="tones", level="warn")
    assert names(body=body) == {"tones"}


def test_tables_code_and_addresses_are_no_prose():
    body = "<table><tr><td>a ,b</td></tr></table><pre>x .y</pre><p>Xem https://a.vn/x,y .</p>"
    assert names(factories.complete(body=body)) <= {"space-before"}
    assert names(body="<table><tr><td>lao động .</td></tr></table><p>Hết.</p>") == set()
