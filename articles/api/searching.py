"""The search, by the engine of the public page."""

from enum import StrEnum

from django.http import HttpResponse
from ninja import Query, Schema
from pydantic import Field

from articles import days, search, vietnamese
from articles.models import Article, Genre
from articles.pagecache import tags
from articles.views import page

from . import parameters, said
from .contract import read

LENGTH, LAST = 200, 50
COUNTED = parameters.SIZE * LAST


class Order(StrEnum):
    RELEVANCE = "relevance"
    NEWEST = "newest"


class SearchQuery(Schema):
    q: str = Field("", max_length=LENGTH, description='Words, "a phrase", -without. Marks count where some are typed.')
    section: parameters.Slug = Field(None, description="With its sub-sections.")
    author: parameters.Slug = None
    topic: parameters.Slug = None
    genre: Genre = None
    since: parameters.Day = Field(None, description="From that day in Vietnam on.")
    until: parameters.Day = Field(None, description="To the end of that day in Vietnam.")
    order: Order = Order.RELEVANCE
    page: int = Field(1, ge=1, le=LAST)


@read("/search", said.Hits, name="search", summary="Search by words and filters")
def find(request, response: HttpResponse, asked: Query[SearchQuery]):
    section, author, topic = _named(request, asked)
    wanted = search.Asked(
        text=vietnamese.clean_line(asked.q),
        since=asked.since and days.start(asked.since),
        until=asked.until and days.bounds(asked.until)[1],
        sections=tuple(page.sections(request).family(section)) if section else (),
        authors=(author.pk,) if author else (),
        topics=(topic.pk,) if topic else (),
        genre=asked.genre or "",
        is_newest_first=asked.order == Order.NEWEST,
    )
    found = search.find(wanted, (asked.page - 1) * parameters.SIZE, parameters.SIZE)
    articles = Article.objects.published().for_cards().in_bulk([hit.article for hit in found.hits])
    words = search.wanted(wanted.text)
    hits = [_hit(articles[hit.article], hit, words) for hit in found.hits if hit.article in articles]
    page.keep(response, request, tags={tags.SEARCH, *tags.cards(articles.values())})
    return {
        "items": hits,
        "next": said.following(request, page=asked.page + 1) if _has_next(asked, found.total) else None,
        "total": found.total,
        "has_more": found.has_more,
    }


def _hit(article, hit, words):
    return {**said.card(article), "is_phrase": hit.is_phrase, "snippet": hit.texts.snippet(words)}


def _named(request, asked):
    return parameters.section(request, asked.section), parameters.author(asked.author), parameters.topic(asked.topic)


def _has_next(asked, total):
    return asked.page * parameters.SIZE < min(total, COUNTED)
