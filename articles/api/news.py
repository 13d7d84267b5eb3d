"""Articles: the newest of all, of a section, a day, an author or a topic; and one as a whole."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Query
from pydantic import Field

from articles.models import Article, Author, State, TopicListing
from articles.models.link import other_news
from articles.models.listing import topics
from articles.models.lists import Newest
from articles.models.parts import load_parts
from articles.pagecache import tags
from articles.views import page

from . import parameters, said
from .contract import Gone, read


class NewsQuery(parameters.Page):
    section: parameters.Slug = Field(None, description="With its sub-sections.")
    day: parameters.Day = Field(None, description="Published on that day in Vietnam.")


@read("/articles", said.Listed, name="articles", summary="The newest articles, of a section, of a day")
def articles(request, response: HttpResponse, asked: Query[NewsQuery]):
    section = parameters.section(request, asked.section)
    key = section and section.pk
    of_all = tags.section(key) if key else tags.FEED
    named = tags.day(asked.day, key) if asked.day else of_all
    return _listed(request, response, asked, Newest(section, day=asked.day), [named])


@read("/articles/{int:pk}", said.Whole, name="article", summary="An article", gone=True)
def article(request, response: HttpResponse, pk: parameters.Key):
    found = Article.objects.once_public().with_texts().filter(pk=pk).first()
    if found is None:
        raise Http404(pk)
    if found.state == State.WITHDRAWN:
        raise Gone([tags.article(pk)])
    parts, related = load_parts(found), other_news(found)
    named = tags.of_article(found, parts.bylines, parts.topics, [link.url for link in related])
    moments = [*(one.issued_at for one in parts.corrections), *(one.posted_at for one in parts.live_updates)]
    moments += [parts.english.released_at] if parts.english else []
    page.keep(response, request, modified=page.latest(*moments), tags=named)
    return said.whole(found, parts, related)


@read("/authors/{slug}", said.About, name="author", summary="An author")
def author(request, response: HttpResponse, slug: parameters.Slug):
    found = get_object_or_404(Author, slug=slug)
    page.keep(response, request, tags=[tags.author(found.pk)])
    return said.named(found) | {"about": found.about}


@read("/authors/{slug}/articles", said.Listed, name="author-articles", summary="Articles of an author")
def articles_of_author(request, response: HttpResponse, slug: parameters.Slug, asked: Query[parameters.Page]):
    found = get_object_or_404(Author, slug=slug)
    own = tags.author(found.pk)
    return _listed(request, response, asked, found.bylines.public(), [own, tags.news_of(own)])


@read("/topics/{slug}", said.About, name="topic", summary="A running story")
def topic(request, response: HttpResponse, slug: parameters.Slug):
    found = _topic(slug)
    own = tags.topic(found.pk)
    page.keep(response, request, tags=[own, tags.news_of(own)])
    return said.named(found) | {"about": found.description}


@read("/topics/{slug}/articles", said.Listed, name="topic-articles", summary="Articles of a running story")
def articles_of_topic(request, response: HttpResponse, slug: parameters.Slug, asked: Query[parameters.Page]):
    found = _topic(slug)
    own = tags.topic(found.pk)
    listed = TopicListing.objects.filter(topic=found).public()
    return _listed(request, response, asked, listed, [own, tags.news_of(own)])


def _topic(slug):
    found = get_object_or_404(topics(), slug=slug)
    if not found.is_shown:
        own = tags.topic(found.pk)
        raise page.NotYet([own, tags.news_of(own)])
    return found


def _listed(request, response, asked, listed, named):
    """The page of a list that is asked for; `listed` knows `older_than` and `cards`."""
    if asked.before:
        listed = listed.older_than(asked.before)
    found = list(listed.cards(asked.limit + 1))
    shown = found[: asked.limit]
    page.keep(response, request, tags={*named, *tags.cards(shown)})
    following = said.following(request, before=shown[-1].pk) if len(found) > asked.limit else None
    return {"items": [said.card(one) for one in shown], "next": following}
