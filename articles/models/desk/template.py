"""Templates of routine pieces: the weather, prices, traffic. A new article begins with their document."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles import days
from articles.fields import LineField
from articles.richtext import RichTextField

from ..article import LEDE_LENGTH, TITLE_LENGTH, Genre


class StoryTemplate(models.Model):
    name = LineField(_("name"), max_length=100, unique=True)
    title = LineField(_("title"), max_length=TITLE_LENGTH, blank=True)
    lede = LineField(_("lede"), max_length=LEDE_LENGTH, blank=True)
    body = RichTextField(_("body"), blank=True, max_length=50_000)
    category = models.ForeignKey(
        "Category", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("section")
    )
    genre = models.CharField(_("genre"), max_length=20, choices=Genre, default=Genre.NEWS)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("story template")
        verbose_name_plural = _("story templates")
        ordering = ["order", "name"]

    def __str__(self):
        return self.name

    def filled(self, day):
        """{field: value} of an article that begins with this template on a day: {thứ}, {ngày}, {tháng} are its own."""
        facts = {"{thứ}": str(days.WEEKDAYS[day.weekday()]), "{ngày}": f"{day:%d/%m/%Y}", "{tháng}": f"{day:%m/%Y}"}
        found = {name: getattr(self, name) for name in ("title", "lede", "body")}
        for mark, fact in facts.items():
            found = {name: text.replace(mark, fact) for name, text in found.items()}
        return {**found, "genre": self.genre, "category": self.category_id}
