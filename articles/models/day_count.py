"""How many articles a section has on a day in Vietnam: the calendars, the years of a day, the months that have news."""

from django.db import models
from django.db.models import Sum

from articles import days

from .article import Article
from .category import Category


class DayCountQuerySet(models.QuerySet):
    def of(self, section, sections):
        """Of a section with its sub-sections; of all sections (None)."""
        return self if section is None else self.filter(section__in=sections.family(section))

    def between(self, first, last):
        return self.filter(day__gte=first, day__lte=last)

    def for_readers(self, section):
        """{day: how many} as readers see them now: the days behind as they are kept, today counted, nothing ahead.

        One query, and one more where today is among the days. `section` is that of `of`.
        """
        today = days.today()
        found = self.filter(day__lte=today, number__gt=0).order_by().values_list("day").annotate(Sum("number"))
        counted = dict(found)
        if today in counted:
            public = Article.objects.published().on(today)
            counted[today] = (public.within(section) if section else public).count()
        return {day: number for day, number in counted.items() if number}


class DayCount(models.Model):
    """Of what the desk has let go of, so days ahead and the rest of today count what is scheduled.

    Written by triggers of the database alone (migration 0010), whoever changes an article. Each article counts once,
    for the section it is filed under. A row may say 0: news were there and went.
    """

    day = models.DateField()
    section = models.ForeignKey(Category, models.CASCADE, related_name="+", db_index=False)
    number = models.PositiveIntegerField()

    objects = DayCountQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["section", "day"], name="day_count_once")]
        # With the number, so that the year of all sections is added up from the index: 30,000 rows in a large archive.
        indexes = [models.Index(fields=["day", "section", "number"], name="day_count_day")]

    def __str__(self):
        return f"{self.day}, {self.section_id}: {self.number}"
