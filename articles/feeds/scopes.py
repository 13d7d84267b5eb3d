"""What a feed is of: its name, the page it belongs to, its own address, its articles."""

from dataclasses import dataclass

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from articles import day_paths, days
from articles.models import Article, Author, TopicListing
from articles.models.article import ArticleQuerySet
from articles.models.listing import topics
from articles.pagecache import tags
from articles.views import page

SIZE = 30


@dataclass(frozen=True)
class Scope:
    title: str
    description: str
    page_url: str
    feed_url: str
    articles: ArticleQuerySet  # the newest first
    tags: list


def of(request, section=None, author=None, topic=None, year=None, month=None, day=None):
    """The scope that an address names, or 404. One of section, author and topic at most."""
    site, _sections = page.chrome(request)
    articles = Article.objects.published().newest()
    section = page.get_section(request, section) if section else None
    noun, about, path, named = site, site.tagline, reverse("front"), [tags.FEED]
    if section:
        noun, about, path = section, section.description, section.get_absolute_url()
        articles, named = articles.newest_of(section), [tags.section(section.pk)]
    elif author:
        noun = get_object_or_404(Author, slug=author)
        about, path = noun.about, noun.get_absolute_url()
        articles = noun.bylines.public().newest(SIZE)
        named = [tags.author(noun.pk), tags.news_of(tags.author(noun.pk))]
    elif topic:
        noun = get_object_or_404(topics(), slug=topic)
        named = [tags.topic(noun.pk), tags.news_of(tags.topic(noun.pk))]
        if not noun.is_shown:
            raise page.NotYet(named)
        about, path = noun.description, noun.get_absolute_url()
        articles = TopicListing.objects.filter(topic=noun).public().newest(SIZE)
    title = str(site) if noun is site else f"{noun} - {site}"
    if year:
        date = _day(year, month, day)
        articles, title = articles.on(date), f"{title} - {date:%d/%m/%Y}"
        path, named = day_paths.of_day(date, section), [tags.day(date, section and section.pk)]
    feed_url = settings.SITE_URL + request.path
    return Scope(title, about or title, settings.SITE_URL + path, feed_url, articles, named)


def _day(year, month, day):
    try:
        return days.make(year, month, day)
    except ValueError as error:
        raise Http404(str(error)) from error
