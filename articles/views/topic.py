from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from articles.models import Topic, TopicListing
from articles.pagecache import tags

from . import page, paging


@require_safe
def topic(request, slug):
    topic = get_object_or_404(Topic.objects.select_related("photo"), slug=slug)
    found = paging.keyset(request, TopicListing.objects.filter(topic=topic).public())
    named = {own := tags.topic(topic.pk), tags.news_of(own), *tags.cards(found.articles)}
    return page.render(request, "articles/topic.html", {"topic": topic, "page": found}, tags=named)
