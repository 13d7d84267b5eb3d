from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from articles.models import TopicListing
from articles.models.listing import topics
from articles.pagecache import tags

from . import page, paging


@require_safe
def topic(request, slug):
    topic = get_object_or_404(topics().select_related("photo"), slug=slug)
    own = tags.topic(topic.pk)
    if not topic.is_shown:
        raise page.NotYet([own, tags.news_of(own)])
    found = paging.keyset(request, TopicListing.objects.filter(topic=topic).public())
    named = {own, tags.news_of(own), *tags.cards(found.articles)}
    return page.render(request, "articles/topic.html", {"topic": topic, "page": found}, tags=named)
