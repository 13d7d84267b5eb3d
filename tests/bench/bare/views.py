"""Pages as one writes them without a thought of load: the ORM's objects, a paginator, dates formatted card by card.

How many cards a page has is told by the benchmark (BENCH_CARDS), which counts those of the newsroom's own page.
"""

import json
import os
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.contrib.syndication.views import Feed
from django.core.paginator import Paginator
from django.db.models import Count
from django.db.models.functions import TruncDate
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from .models import Article, Author, Section, Topic

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
CARDS = {"front": 60, "list": 20, "day": 60, **json.loads(os.environ.get("BENCH_CARDS", "{}"))}
BLOCK, LATEST, RELATED = 4, 10, 6


def cards():
    published = Article.objects.filter(state="published", published_at__lte=timezone.now())
    return published.select_related("category").prefetch_related("authors").defer("body").order_by("-published_at")


def frame():
    return {"nav": Section.objects.filter(parent=None), "latest": cards()[:LATEST]}


def article(request, pk):
    found = get_object_or_404(Article.objects.select_related("category"), pk=pk)
    related = cards().filter(top=found.top_id, published_at__lt=found.published_at)[:RELATED]
    return render(request, "bare/article.html", {**frame(), "article": found, "related": related})


def front(request):
    tops = list(Section.objects.filter(parent=None))
    first = max(1, CARDS["front"] - BLOCK * len(tops))
    blocks = [(top, cards().filter(top=top)[:BLOCK]) for top in tops]
    return render(request, "bare/front.html", {**frame(), "first": cards()[:first], "blocks": blocks})


def listing(request, title, articles, size):
    page = Paginator(articles, size).get_page(request.GET.get("trang"))
    return render(request, "bare/list.html", {**frame(), "title": title, "page": page})


def section(request, slug):
    found = get_object_or_404(Section, slug=slug)
    articles = cards().filter(category=found) if found.parent_id else cards().filter(top=found)
    return listing(request, found.name, articles, CARDS["list"])


def day(request, day, slug=None):
    begin = datetime.fromisoformat(day).replace(tzinfo=VIETNAM)
    articles = cards().filter(published_at__gte=begin, published_at__lt=begin + timedelta(days=1))
    if slug:
        articles = articles.filter(top__slug=slug)
    return listing(request, day, articles, CARDS["day"])


def month(request, year, month):
    found = cards().filter(published_at__year=year, published_at__month=month).order_by()
    days = found.values(day=TruncDate("published_at")).annotate(number=Count("pk")).order_by("day")
    return render(request, "bare/month.html", {**frame(), "days": days, "title": f"{month}/{year}"})


def author(request, slug):
    found = get_object_or_404(Author, slug=slug)
    return listing(request, found.name, cards().filter(authors=found), CARDS["list"])


def topic(request, slug):
    found = get_object_or_404(Topic, slug=slug)
    return listing(request, found.name, cards().filter(topics=found), CARDS["list"])


class Rss(Feed):
    title, link, description = "Báo", "/", "Tin mới"

    def items(self):
        return cards()[: CARDS.get("rss", 20)]

    def item_title(self, item):
        return item.title

    def item_description(self, item):
        return item.lede

    def item_pubdate(self, item):
        return item.published_at
