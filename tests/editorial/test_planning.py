"""Anniversaries by sun and moon, what a day holds, and the story that grows out of an assignment."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from articles import lunar
from articles.editorial import permissions, planning, revisions, transitions
from articles.models import Anniversary, Article, Assignment, Author
from tests import base, factories

pytestmark = pytest.mark.django_db


def occasions(first, last=None):
    found = planning.occasions(first, last or first)
    return {f"{day:%d/%m/%Y}": [(one.anniversary.name, one.years) for one in here] for day, here in found.items()}


def anniversary(name, day, month, **fields):
    return Anniversary.objects.create(name=name, day=day, month=month, **fields)


def assignment(hours=24, **fields):
    return Assignment.objects.create(
        **{"title": "Khánh thành cầu Suối Hoa", "deadline": timezone.now() + timedelta(hours=hours), **fields}
    )


# Anniversaries


def test_a_solar_anniversary_counts_the_years_since():
    anniversary("Giải phóng miền Nam", 30, 4, since=1975)
    assert occasions(date(2025, 4, 1), date(2025, 4, 30)) == {"30/04/2025": [("Giải phóng miền Nam", 50)]}


def test_in_its_own_year_and_before_nothing_is_counted():
    anniversary("Thành lập", 3, 2, since=1930)
    assert occasions(date(1930, 2, 3)) == {"03/02/1930": [("Thành lập", None)]}
    assert occasions(date(1929, 2, 3)) == {"03/02/1929": [("Thành lập", None)]}


@pytest.mark.parametrize(
    ("day", "month", "on"),
    [
        (10, 3, date(2026, 4, 26)),  # the Hùng Kings
        (1, 1, date(2026, 2, 17)),  # Tết of Bính Ngọ
        (15, 8, date(2026, 9, 25)),  # the children's moon
        (23, 12, date(2026, 2, 10)),  # the kitchen gods leave, in the lunar year before
    ],
)
def test_a_lunar_anniversary_falls_on_its_own_day_each_year(day, month, on):
    anniversary("Ngày âm", day, month, is_lunar=True)
    year = occasions(date(2026, 1, 1), date(2026, 12, 31))
    assert f"{on:%d/%m/%Y}" in year


def test_the_last_night_of_the_year_is_kept_on_the_29th_where_there_is_no_30th():
    anniversary("Giao thừa", 30, 12, is_lunar=True)
    for year in range(2020, 2031):
        eve = lunar.new_year(year) - timedelta(days=1)
        assert list(occasions(eve - timedelta(days=2), eve + timedelta(days=2))) == [f"{eve:%d/%m/%Y}"]
    assert lunar.of(lunar.new_year(2025) - timedelta(days=1)).day == 29  # the case is among them


def test_a_leap_month_repeats_nothing():
    anniversary("Mùng 5 tháng 6", 5, 6, is_lunar=True)
    found = occasions(date(2025, 6, 1), date(2025, 9, 30))  # Ất Tỵ has a leap sixth month
    assert len(found) == 1
    assert any(lunar.of(date(2025, 7, 25) + timedelta(days=n)).is_leap for n in range(5))


@pytest.mark.parametrize(("day", "month", "is_lunar"), [(31, 4, False), (30, 2, False), (31, 1, True), (0, 1, False)])
def test_a_day_that_no_month_has_is_refused(day, month, is_lunar):
    with pytest.raises(ValidationError):
        Anniversary(name="x", day=day, month=month, is_lunar=is_lunar).full_clean()


@pytest.mark.parametrize(("day", "month", "is_lunar"), [(29, 2, False), (30, 1, True), (31, 12, False)])
def test_a_day_that_comes_now_and_then_is_taken(day, month, is_lunar):
    Anniversary(name="x", day=day, month=month, is_lunar=is_lunar).full_clean()


# The plan of a range of days


def test_a_day_holds_its_deadlines_events_and_scheduled_stories_in_their_order():
    monday = date(2030, 1, 7)
    one = assignment(deadline=factories.at("2030-01-08 17:00"), starts_at=factories.at("2030-01-07 08:30"))
    story = factories.published("2030-01-07 06:00")
    week = planning.plan(base.person("sam"), monday, monday + timedelta(days=6))
    assert [day.date for day in week] == [monday + timedelta(days=n) for n in range(7)]
    assert [(kind, thing) for _moment, kind, thing in week[0].entries] == [("scheduled", story), ("event", one)]
    assert [(kind, thing) for _moment, kind, thing in week[1].entries] == [("deadline", one)]


def test_a_reporter_sees_no_scheduled_story_of_others_on_the_calendar():
    factories.published("2030-01-07 06:00")
    (day,) = planning.plan(base.person("rita"), date(2030, 1, 7), date(2030, 1, 7))
    assert day.entries == []


def test_a_dropped_assignment_is_on_no_day():
    assignment(deadline=factories.at("2030-01-08 17:00"), state=Assignment.State.DROPPED)
    (day,) = planning.plan(base.person("sam"), date(2030, 1, 8), date(2030, 1, 8))
    assert day.entries == []


@pytest.mark.parametrize("rows", [1, 20])
def test_a_month_asks_three_questions(django_assert_num_queries, rows):
    sam = base.person("sam")
    sam.get_all_permissions()
    for number in range(rows):
        assignment(deadline=factories.at("2030-01-08 17:00"), person=sam)
        anniversary(f"Ngày {number}", 8, 1)
        factories.published("2030-01-09 06:00")
    with django_assert_num_queries(3):
        month = planning.plan(sam, date(2030, 1, 1), date(2030, 1, 31))
        entries = [entry for day in month for entry in day.entries]
        assert all(str(thing.person if kind == "deadline" else thing.category) for _moment, kind, thing in entries)


def test_the_first_and_the_last_years_have_their_lunar_dates():
    sam = base.person("sam")
    assert len(planning.plan(sam, date(1900, 1, 1), date(1900, 1, 7))) == 7
    assert len(planning.plan(sam, date(2200, 12, 29), date(2201, 1, 4))) == 7


# The story of an assignment


def test_the_story_begins_with_the_words_the_section_and_the_assignees_pen_name():
    rita, section = base.person("rita"), factories.section("Xã hội")
    pen = Author.objects.create(name="Hà Thu", user=rita)
    one = assignment(category=section, person=rita)
    article = Article.objects.get(pk=planning.begin_story(one, rita).pk)
    assert (article.title, article.category, article.created_by) == (one.title, section, rita)
    assert (article.state, article.version) == ("draft", 1)
    assert [byline.author for byline in article.bylines.all()] == [pen]
    assert revisions.current(article)["bylines"] == article.revisions.get().document["bylines"]
    assert Assignment.objects.get().article == article


def test_an_editor_who_writes_it_signs_for_the_assignee_and_owns_the_draft():
    rita, ed = base.person("rita"), base.person("ed")
    Author.objects.create(name="Hà Thu", user=rita)
    article = planning.begin_story(assignment(person=rita), ed)
    assert article.created_by == ed
    assert str(article.bylines.get().author) == "Hà Thu"


def test_without_a_pen_name_it_is_not_signed_yet():
    rita = base.person("rita")
    assert not planning.begin_story(assignment(person=rita), rita).bylines.exists()


def test_pressed_twice_it_is_one_story():
    rita = base.person("rita")
    one = assignment(person=rita)
    assert planning.begin_story(one, rita) == planning.begin_story(one, rita)
    assert Article.objects.count() == 1


def test_a_reporter_does_not_begin_anothers_story_and_nobody_a_dropped_one():
    one = assignment(person=base.person("ed"))
    with pytest.raises(PermissionDenied):
        planning.begin_story(one, base.person("rita"))
    one.state = Assignment.State.DROPPED
    one.save()
    with pytest.raises(ValidationError):
        planning.begin_story(one, base.person("ed"))
    assert not Article.objects.exists()


def test_a_published_story_ticks_its_assignment_off_and_a_submitted_one_does_not():
    rita = base.person("rita")
    one = assignment(-1, person=rita, category=factories.section())
    article = planning.begin_story(one, rita)
    article.lede, article.body = "Sa-pô.", "<p>Nội dung.</p>"
    article.save()
    assert Assignment.objects.overdue().exists()
    transitions.submit(article, rita)
    assert Assignment.objects.get().state == "open"
    assert not Assignment.objects.overdue().exists()
    transitions.publish(article)
    assert Assignment.objects.get().state == "done"


# Who may change what


@pytest.mark.parametrize(
    ("name", "own", "others"),
    [("rita", True, False), ("ed", True, True), ("sam", True, True), ("phong", True, True), ("kim", False, False)],
)
def test_a_reporter_changes_the_own_assignments_and_an_editor_all(name, own, others):
    user = base.person(name)
    assert permissions.can_change_assignment(user, assignment(person=user)) is own
    assert permissions.can_change_assignment(user, assignment(photographer=user)) is own
    assert permissions.can_change_assignment(user, assignment(created_by=user)) is own
    assert permissions.can_change_assignment(user, assignment(person=base.person("chris"))) is others


def test_the_row_rule_and_the_set_rule_of_being_overdue_agree():
    for hours in (-1, 1):
        for state in Assignment.State:
            assignment(hours, state=state)
            assignment(hours, state=state, article=factories.draft())
            assignment(hours, state=state, article=factories.published())
    late = set(Assignment.objects.overdue())
    assert late == {one for one in Assignment.objects.all() if one.is_overdue()}
    assert len(late) == 2
