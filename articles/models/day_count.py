"""How many articles a section has on a day in Vietnam: the calendars, the years of a day, the months that have news."""

from datetime import date

from django.db import connections, models
from django.db.models import Sum

from articles import days
from articles.compiled import Compiled

from .article import Article
from .category import Category

# From each month's last day that has news to that of the next month before it: a step into an index for each month.
MONTHS = """
    WITH RECURSIVE last(day) AS (
        SELECT (SELECT day FROM articles_daytotal WHERE number > 0 AND day <= %s ORDER BY day DESC LIMIT 1)
        UNION ALL SELECT (
            SELECT day FROM articles_daytotal WHERE number > 0 AND day < {} ORDER BY day DESC LIMIT 1
        ) FROM last WHERE last.day >= %s
    ) SELECT day FROM last WHERE day >= %s"""
MONTH_OF = {"postgresql": "date_trunc('month', last.day)::date", "sqlite": "date(last.day, 'start of month')"}


class DayCount(models.Model):
    """Of what the desk has let go of, so days ahead and the rest of today count what is scheduled.

    Written by triggers alone (articles/triggers.py), whoever changes an article. Each article counts once,
    for the section it is filed under. A row may say 0: news were there and went.
    """

    day = models.DateField()
    section = models.ForeignKey(Category, models.CASCADE, related_name="+", db_index=False)
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["section", "day"], name="day_count_once")]
        indexes = [models.Index(fields=["day", "section", "number"], name="day_count_day")]

    def __str__(self):
        return f"{self.day}, {self.section_id}: {self.number}"


class DayTotalQuerySet(models.QuerySet):
    def months(self, until):
        """The last day that has news of each month with news, from the month of the day `until` back; one query."""
        connection = connections[self.db]
        first, until = (connection.ops.adapt_datefield_value(day) for day in (days.FIRST_DAY, until))
        with connection.cursor() as cursor:
            cursor.execute(MONTHS.format(MONTH_OF[connection.vendor]), [until, first, first])
            found = [day for (day,) in cursor.fetchall()]
        return [date.fromisoformat(day) if isinstance(day, str) else day for day in found]


class DayTotal(models.Model):
    """The same of all sections together: the year of a large archive would else add up 50,000 rows."""

    day = models.DateField(primary_key=True)
    number = models.PositiveIntegerField()

    objects = DayTotalQuerySet.as_manager()

    def __str__(self):
        return f"{self.day}: {self.number}"


@Compiled.prepared
def _between(first, last, family):
    return _sums(DayCount.objects.filter(day__gte=first, day__lte=last), family)


@Compiled.prepared
def _all_between(first, last):
    return DayTotal.objects.filter(day__gte=first, day__lte=last, number__gt=0).order_by().values_list("day", "number")


@Compiled.prepared
def _on(wanted, family):
    return _sums(DayCount.objects.filter(day__in=wanted), family)


@Compiled.prepared
def _all_on(wanted):
    return DayTotal.objects.filter(day__in=wanted, number__gt=0).order_by().values_list("day", "number")


def _sums(found, family):
    return found.filter(section__in=family, number__gt=0).order_by().values_list("day").annotate(Sum("number"))


def counts_between(first, last, section=None, family=()):
    """{day: how many} of the days of a span, of a section (`family`: its keys) or of all, as readers see them now.

    The days behind as they are kept, today counted, nothing ahead: one query, and one more where today has news.
    """
    span = {"first": first, "last": last}
    return _for_readers(_between(**span, family=list(family)) if family else _all_between(**span), section)


def counts_on(wanted, section=None, family=()):
    """The same of some days."""
    if not wanted:
        return {}
    wanted = list(wanted)
    rows = _on(wanted=wanted, family=list(family)) if family else _all_on(wanted=wanted)
    return _for_readers(rows, section)


def _for_readers(rows, section):
    today = days.today()
    counted = {day: number for day, number in rows if day <= today}
    if today in counted:
        public = Article.objects.published().on(today)
        counted[today] = (public.within(section) if section else public).count()
    return {day: number for day, number in counted.items() if number}
