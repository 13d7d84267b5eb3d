from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from articles.models import Article, Topic
from articles.pagecache import tags

from . import page, paging


@require_safe
def topic(request, slug):
    topic = get_object_or_404(Topic.objects.select_related("photo"), slug=slug)
    # By the table between, so that an article stands on its own index and is never listed twice.
    tied = topic.articles.through.objects.filter(topic=topic).values("article")
    found = paging.keyset(request, Article.objects.published().filter(pk__in=tied))
    named = {own := tags.topic(topic.pk), tags.news_of(own), *tags.cards(found.articles)}
    return page.render(request, "articles/topic.html", {"topic": topic, "page": found}, tags=named)
