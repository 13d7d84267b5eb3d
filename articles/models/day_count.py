"""How many articles a section has on a day in Vietnam: the calendars, and the days before and after that have news."""

from django.db import models

from .category import Category


class DayCount(models.Model):
    """Of what the desk has let go of, so days ahead and the rest of today count what is scheduled.

    Written by triggers of the database alone (migration 0010), whoever changes an article. Each article counts once,
    for the section it is filed under. A row may say 0: news were there and went.
    """

    day = models.DateField()
    section = models.ForeignKey(Category, models.CASCADE, related_name="+", db_index=False)
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["section", "day"], name="day_count_once")]
        indexes = [models.Index(fields=["day", "section"], name="day_count_day")]

    def __str__(self):
        return f"{self.day}, {self.section_id}: {self.number}"
