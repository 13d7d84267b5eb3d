"""Where readers meet a story."""

from urllib.parse import urlencode

from django.urls import reverse

from articles import day_paths, days
from articles.models import Receipt

Place = Receipt.Place
PHRASE = 150  # characters of the title that the search is asked for; its box takes 200


def of(article):
    """{place: path}; of an article that was never public there is its page alone."""
    found = {Place.ARTICLE: article.get_absolute_url()}
    if article.published_at is None:
        return found
    found[Place.SECTION] = article.category.get_absolute_url()
    if article.category.parent_id:
        found[Place.TOP] = article.category.parent.get_absolute_url()
    day = days.of(article.published_at)
    return found | {
        Place.FRONT: reverse("front"),
        Place.DAY: day_paths.of_day(day),
        Place.FEED: reverse("feed-rss"),
        Place.SITEMAP: reverse("sitemap-news"),
        Place.SEARCH: f"{reverse('search')}?{urlencode({'q': phrase(article.title)})}",
    }


def phrase(title):
    """The title as a quoted phrase, whole words of it."""
    words = title.replace('"', " ").replace("“", " ").replace("”", " ").split()
    while len(" ".join(words)) > PHRASE and len(words) > 1:
        words.pop()
    return f'"{" ".join(words)}"'
