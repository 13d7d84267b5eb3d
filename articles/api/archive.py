"""The sections, and how many articles each day of a month has."""

from django.http import HttpResponse
from ninja import Query, Schema
from pydantic import Field

from articles import days
from articles.models.day_count import counts_between
from articles.pagecache import tags
from articles.views import page

from . import parameters, said
from .contract import read


class DaysQuery(Schema):
    month: parameters.Month = Field(description="Like 2010-11.")
    section: parameters.Slug = Field(None, description="With its sub-sections.")


@read("/sections", said.Sections, name="sections", summary="All sections, on two levels")
def sections(request, response: HttpResponse):
    found = page.sections(request)
    page.keep(response, request, tags=())
    return {"items": [said.section(one, found) for one in found.all]}


@read("/days", said.Days, name="days", summary="How many articles each day of a month has")
def count(request, response: HttpResponse, asked: Query[DaysQuery]):
    section = parameters.section(request, asked.section)
    family = page.sections(request).family(section) if section else ()
    counted = counts_between(*days.whole_month(asked.month), section, family)
    page.keep(response, request, tags=[tags.month(asked.month, section and section.pk)])
    items = [{"day": day, "count": number} for day, number in sorted(counted.items())]
    return {"month": f"{asked.month:%Y-%m}", "section": asked.section, "items": items}
