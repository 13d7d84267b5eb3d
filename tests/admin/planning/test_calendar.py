"""The calendar of the plan, by week and by month."""

import pytest

from articles.models import Anniversary, Assignment
from tests import base, factories

pytestmark = pytest.mark.django_db
CALENDAR = "/admin/articles/assignment/lich/"


@pytest.fixture(autouse=True)
def monday(clock):
    clock(factories.at("2026-11-23 09:00"))


def shown(client, **query):
    return [f"{day.date:%d/%m}" for day in client.get(CALENDAR, query).context["days"]]


def test_a_week_begins_on_monday_and_a_month_on_its_first(desk):
    client = desk("rita")
    assert shown(client)[0] == "23/11"
    assert shown(client, tuan="2026-11-27") == ["23/11", "24/11", "25/11", "26/11", "27/11", "28/11", "29/11"]
    month = shown(client, thang="2026-11")
    assert (month[0], month[-1], len(month)) == ("01/11", "30/11", 30)


def test_a_day_shows_its_lunar_date_its_occasions_and_what_is_due(desk):
    Anniversary.objects.create(name="Ngày Nhà giáo Việt Nam", day=20, month=11, since=1982)
    Assignment.objects.create(
        title="Thầy giáo vùng cao", deadline=factories.at("2026-11-19 17:00"), person=base.person("rita"),
        starts_at=factories.at("2026-11-18 08:00"), place="Pù Lênh",
    )  # fmt: skip
    html = desk("rita").get(CALENDAR, {"tuan": "2026-11-20"}).content.decode()
    for words in ("Ngày Nhà giáo Việt Nam", "kỷ niệm 44 năm", "Thầy giáo vùng cao", "Pù Lênh", "Quá hạn", "8/10"):
        assert words in html
    assert html.count("Thầy giáo vùng cao") == 2  # the event and the deadline


def test_the_ways_lead_to_the_neighbours_and_the_other_view(desk):
    context = desk("rita").get(CALENDAR, {"tuan": "2026-11-23"}).context
    assert context["before"].endswith("?tuan=2026-11-22")
    assert context["after"].endswith("?tuan=2026-11-30")
    assert context["month"].endswith("?thang=2026-11")
    month = desk("rita").get(CALENDAR, {"thang": "2026-12"}).context
    assert month["before"].endswith("?thang=2026-11")
    assert month["today"].endswith("?thang=2026-11")
    assert month["week"].endswith("?tuan=2026-12-01")


@pytest.mark.parametrize(
    "query",
    [
        *({"tuan": "x"}, {"tuan": "2026-02-31"}, {"tuan": "9999-99-99"}, {"tuan": "\0"}, {"thang": "2026-13"}),
        *({"thang": "0"}, {"thang": "9" * 50}, {"thang": "-"}, {"thang": "2026-١"}, {"thang": "1899-12"}),
    ],
)
def test_a_bad_address_shows_this_week(desk, query):
    assert shown(desk("rita"), **query)[0] == "23/11"


@pytest.mark.parametrize(
    "query", [{"tuan": "1900-01-01"}, {"thang": "1900-01"}, {"tuan": "2200-12-31"}, {"thang": "2200-12"}]
)
def test_the_calendar_ends_where_the_archive_does(desk, query):
    response = desk("rita").get(CALENDAR, query)
    assert response.status_code == 200
    assert None in (response.context["before"], response.context["after"])


def test_who_may_not_see_the_plan_does_not_get_the_calendar(desk, stranger):
    assert desk("kim").get(CALENDAR).status_code == 403
    assert stranger.get(CALENDAR).status_code == 302
    assert desk("rita").post(CALENDAR).status_code == 405


def test_the_month_costs_the_same_for_few_and_many(desk, django_assert_num_queries):
    client = desk("ed")
    for rows in (1, 20):
        for _number in range(rows):
            Assignment.objects.create(
                title="x", deadline=factories.at("2026-11-24 17:00"), person=base.person("rita"),
                photographer=base.person("phong"), article=factories.draft(),
            )  # fmt: skip
            factories.published("2026-11-25 08:00")
        with django_assert_num_queries(10):  # the person four, the own sections, masthead, notices, the plan three
            client.get(CALENDAR, {"thang": "2026-11"})
