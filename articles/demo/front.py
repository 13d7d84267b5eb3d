"""What ties the demo's articles together: topics, the arranged front page, corrections, old addresses, English."""

from datetime import timedelta

from django.contrib.auth import get_user_model

from articles.models import Article, Correction, EnglishVersion, Placement, Redirect, Topic

from .stories import ago


def arrange(plan, at):
    ed = get_user_model().objects.get(username="ed")
    for order, item in enumerate(plan["topic"]):
        topic = Topic.objects.create(
            name=item["name"], description=item["description"], is_featured=item.get("featured", False), order=order
        )
        topic.articles.set([_article(slug) for slug in item["articles"]])
    for item in plan["placement"]:
        ends = at + timedelta(hours=item["hours"]) if "hours" in item else None
        Placement.objects.create(
            slot=item["slot"], article=_article(item["article"]), starts_at=ago(at, 1), ends_at=ends, created_by=ed
        )
    for item in plan["correction"]:
        words = {name: item[name] for name in ("wrong", "right", "apology")}
        issued = ago(at, item["hours_ago"])
        Correction.objects.create(article=_article(item["article"]), issued_at=issued, created_by=ed, **words)
    for item in plan["redirect"]:
        article = _article(item["article"]) if "article" in item else None
        Redirect.objects.create(path=item["path"], article=article, target=item.get("target", ""))


def translate(versions):
    """English versions, each released an hour after its Vietnamese article."""
    for item in versions:
        article = _article(item["article"])
        words = {name: item[name] for name in ("title", "lede", "body", "translator")}
        released = article.published_at + timedelta(hours=1)
        EnglishVersion.objects.create(article=article, released_at=released, **words)


def _article(slug):
    return Article.objects.get(slug=slug)
