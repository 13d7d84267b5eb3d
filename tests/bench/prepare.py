"""Makes a copied archive ready and says what is asked of it: one JSON object on stdout. Run in a process of its own.

A day of a small archive has one story, that of a large one a hundred; an author of a small one has two. So that every
size is asked for the same pages, a few days are made full (60 stories, 24 and no more of one section), and sections,
authors and topics are those that have most, and each section has stories that were read in the last week.
"""

import json
import os
import random
import sys
import time
from datetime import timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model  # noqa: E402
from django.contrib.auth.models import Group  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db.models import Max, Q  # noqa: E402
from django.utils import timezone  # noqa: E402

from articles import days  # noqa: E402
from articles.identity import sessions  # noqa: E402
from articles.models import Article, Author, Category, ReadCount, Topic  # noqa: E402
from articles.search import index  # noqa: E402

READER = "bench"
READ = 20  # stories of a section that were read in the last hour
FULL, OF_SECTION = 60, 24  # stories of a full day, and of one section in it
MOMENTS = (0.3, 0.45, 0.6, 0.75, 0.9)  # where in the archive the full days lie
SAMPLE = 2_000  # articles that are asked for: more than a run asks, so none of them twice
DEEP = 0.5  # of a section's stories stand before its deep page


def main():
    call_command("migrate", verbosity=0)
    user, is_new = get_user_model().objects.get_or_create(username=READER, defaults={"is_staff": True})
    call_command("rebuild_search", if_behind=True, stdout=sys.stderr)
    if is_new:
        user.groups.add(Group.objects.get(name="chief"))
        index(_fill_days())
    _fill_reads()
    rng = random.Random(1)  # noqa: S311 (a sample)
    print(json.dumps({"cookie": _signed_in(user), "ours": _ours(rng), "bare": _bare(rng), "desk": _desk()}))


def _full_days():
    """[(day, section)] of the days that are made full."""
    last = Article.objects.aggregate(last=Max("pk"))["last"]
    since = [Article.objects.published().filter(pk__gte=last * share).order_by("pk").first() for share in MOMENTS]
    return [(days.of(first.published_at), top) for first, top in zip(since, _tops(len(MOMENTS)), strict=True)]


def _fill_days():
    """The keys of the articles that were moved."""
    moved, elsewhere = set(), _tops(len(MOMENTS) + 1)[-1]
    for day, section in _full_days():
        first, behind = days.bounds(day)
        since = Article.objects.published().filter(published_at__gte=first).order_by("pk")
        chosen = list(since.values_list("pk", flat=True)[:FULL])
        others = Article.objects.filter(Q(pk__in=chosen) | Q(published_at__gte=first, published_at__lt=behind))
        moved |= {*chosen, *others.within(section).values_list("pk", flat=True)}
        others.within(section).update(category=elsewhere, top=elsewhere)
        for number, key in enumerate(chosen):
            moment = first + timedelta(hours=6, minutes=10 * number)
            Article.objects.filter(pk=key).update(
                published_at=moment, **({"category": section, "top": section} if number < OF_SECTION else {})
            )
    return sorted(moved)


def _fill_reads():
    """Each section that is asked for has its most read of the week."""
    hour = timezone.now().replace(minute=0, second=0, microsecond=0) - timedelta(hours=1)
    for section in (*_tops(), *_subs()):
        newest = Article.objects.published().within(section).newest().values_list("pk", flat=True)[:READ]
        rows = [ReadCount(article_id=key, hour=hour, reads=100 + number) for number, key in enumerate(newest)]
        ReadCount.objects.bulk_create(rows, ignore_conflicts=True)


def _signed_in(user):
    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.update({"began": time.time(), "seen": time.time(), "factor": sessions.VERIFIED})
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def _sample(rng):
    last = Article.objects.aggregate(last=Max("pk"))["last"]
    wanted = rng.sample(range(1, last + 1), min(SAMPLE, last))
    return list(Article.objects.published().filter(pk__in=wanted).select_related("category").order_by("pk"))


def _tops(number=5):
    return list(Category.objects.filter(parent=None).order_by("pk")[:number])


def _subs():
    return Category.objects.filter(parent__in=_tops()).order_by("pk")[:5]


def _deep(section):
    """The article behind which the section's deep page begins, and that page's number with 20 a page."""
    found = Article.objects.published().within(section).newest()
    place = int(found.count() * DEEP)
    return found[place], place // 20 + 1


def _ours(rng):
    articles, full = _sample(rng), _full_days()
    tops = _tops()
    months = sorted({(day.year, day.month) for day, _top in full})
    return {
        "article": [article.get_absolute_url() for article in articles],
        "hot article": [articles[0].get_absolute_url()],
        "front": ["/"],
        "section": [top.get_absolute_url() for top in tops],
        "section, deep": [f"{top.get_absolute_url()}?truoc={_deep(top)[0].pk}" for top in tops],
        "sub-section": [sub.get_absolute_url() for sub in _subs()],
        "day": [f"/ngay/{day:%Y/%m/%d}/" for day, _top in full],
        "day of section": [f"{top.get_absolute_url()}ngay/{day:%Y/%m/%d}/" for day, top in full],
        "month": [f"/ngay/{year}/{month:02}/" for year, month in months],
        "year": [f"/ngay/{year}/" for year in sorted({year for year, _month in months})],
        "author": [author.get_absolute_url() for author in Author.objects.order_by("pk")[:5]],
        "topic": [topic.get_absolute_url() for topic in Topic.objects.order_by("pk")[:5]],
        "RSS": ["/rss/"],
        "sitemap, month": [f"/sitemap-{year}-{month:02}.xml" for year, month in months],
        "API: article": [f"/api/v1/articles/{article.pk}" for article in articles],
        "API: section": [f"/api/v1/articles?section={top.slug}" for top in tops],
        "API: day": [f"/api/v1/articles?day={day:%Y-%m-%d}&limit={FULL}" for day, _top in full],
        **_searches(tops[0]),
    }


def _searches(section):
    return {
        "search: common": ["/tim-kiem/?q=gia+%C4%91%C3%ACnh", "/tim-kiem/?q=ng%C6%B0%E1%BB%9Di"],
        "search: two words": ["/tim-kiem/?q=ng%C6%B0%E1%BB%9Di+nh%C3%A0"],
        "search: place": ["/tim-kiem/?q=T%C3%A2n+L%E1%BA%A1c", "/tim-kiem/?q=tan+lac"],
        "search: phrase": ["/tim-kiem/?q=%22T%C3%A2n+L%E1%BA%A1c%22"],
        "search: filters": [f"/tim-kiem/?q=ng%C6%B0%E1%BB%9Di&tu=2019-01-01&den=2021-12-31&muc={section.slug}"],
        "search: number": ["/tim-kiem/?q=1234%2FQ%C4%90-UBND"],
        "search: nothing": ["/tim-kiem/?q=xylophon"],
    }


def _bare(rng):
    articles, full, tops = _sample(rng), _full_days(), _tops()
    months = sorted({(day.year, day.month) for day, _top in full})
    return {
        "article": [f"/tin/{article.pk}/" for article in articles],
        "front": ["/"],
        "section": [f"/muc/{top.slug}/" for top in tops],
        "section, deep": [f"/muc/{top.slug}/?trang={_deep(top)[1]}" for top in tops],
        "sub-section": [f"/muc/{sub.slug}/" for sub in _subs()],
        "day": [f"/ngay/{day}/" for day, _top in full],
        "day of section": [f"/muc/{top.slug}/{day}/" for day, top in full],
        "month": [f"/thang/{year}/{month}/" for year, month in months],
        "author": [f"/tac-gia/{author.slug}/" for author in Author.objects.order_by("pk")[:5]],
        "topic": [f"/chu-de/{topic.slug}/" for topic in Topic.objects.order_by("pk")[:5]],
        "RSS": ["/rss/"],
    }


def _desk():
    some = Article.objects.published().order_by("-pk").first()
    rows = "/admin/articles/article/"
    chosen = "/admin/autocomplete/?app_label=articles&model_name=relatedlink&field_name=target&term="
    return {
        "desk: board": ["/admin/"],
        "desk: list": [rows],
        "desk: list, state": [f"{rows}?state=published"],
        "desk: list, dates": [f"{rows}?day_from=01/03/2019&day_to=31/03/2019"],
        "desk: list, search": [f"{rows}?q=T%C3%A2n+L%E1%BA%A1c"],
        "desk: list, search common": [f"{rows}?q=ng%C6%B0%E1%BB%9Di"],
        "desk: chooser": [f"{chosen}T%C3%A2n", f"{chosen}ng%C6%B0%E1%BB%9Di"],
        "desk: form": [f"{rows}{some.pk}/change/"],
        "desk: history": [f"{rows}{some.pk}/history/"],
    }


if __name__ == "__main__":
    main()
