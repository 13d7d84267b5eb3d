"""The demo's plan: the days of the year, and assignments around the day on which it is loaded."""

from datetime import timedelta

from django.contrib.auth import get_user_model

from articles import days
from articles.models import Anniversary, Article, Assignment


def write(plan, sections, at):
    Anniversary.objects.bulk_create(Anniversary(**item) for item in plan["anniversary"])
    people = {user.username: user for user in get_user_model().objects.all()}
    for item in plan["assignment"]:
        Assignment.objects.create(
            title=item["title"], brief=item["brief"], place=item["place"], category=sections[item["section"]],
            person=people[item["person"]], photographer=people.get(item.get("photographer")),
            deadline=_moment(at, item["day"], item["hour"]), created_by=people["sam"],
            starts_at=_moment(at, item["starts_day"], item["starts_hour"]) if "starts_day" in item else None,
            article=Article.objects.filter(title=item["article"]).first() if "article" in item else None,
        )  # fmt: skip


def _moment(at, day, hour):
    """A clock's hour, so many days from the day of `at` in Vietnam."""
    return days.start(days.of(at) + timedelta(days=day)) + timedelta(hours=hour)
