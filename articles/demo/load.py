"""Loads the demo newsroom into an empty site, once: where anything is there already, nothing is touched."""

import tomllib
from pathlib import Path

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction

from articles import importers
from articles.editorial import photos, transitions
from articles.editorial.logins import PASSWORD, USERNAMES
from articles.models import Article, Author, Byline, Category, Photo, SiteSettings

from . import studio

HERE = Path(__file__).parent
SAMPLE_PAGE = HERE / "sample-page" / "page.txt"
CREDIT = "bản trình diễn vẽ minh họa"


def load(draw=True):
    """True when the demo was loaded, False when a newsroom is there. `draw=False` leaves the pictures out."""
    if _is_taken():
        return False
    plan = tomllib.loads((HERE / "newsroom.toml").read_text(encoding="utf-8"))
    news = _news()
    sample = plan["sample"]
    scenes = [sample["scene"], *(item["photo"]["scene"] for item in news if "photo" in item)]
    drawn = studio.draw_all(scenes if draw else [])
    with transaction.atomic():
        sections = _newsroom(plan)
        _sample_page(sample, sections, plan["teaser"], next(drawn, None))
        for item in news:
            _article(item, sections, next(drawn, None) if "photo" in item else None)
        for item in plan["desk"]:
            _desk(item, sections)
    return True


def _is_taken():
    users = get_user_model().objects.filter(username__in=USERNAMES)
    return Article.objects.exists() or Category.objects.exists() or Author.objects.exists() or users.exists()


def _news():
    files = sorted((HERE / "news").glob("*.toml"))
    found = [item for file in files for item in tomllib.loads(file.read_text(encoding="utf-8"))["article"]]
    return sorted(found, key=lambda item: item["published"])


def _newsroom(plan):
    SiteSettings.objects.update_or_create(pk=1, defaults=plan["site"])
    sections = {}
    for order, item in enumerate(plan["section"]):
        parent = sections.get(item.get("parent"))
        sections[item["slug"]] = Category.objects.create(
            name=item["name"], slug=item["slug"], parent=parent, order=order
        )
    authors = {name: Author.objects.create(name=name) for name in plan["authors"]["names"]}
    for item in plan["user"]:
        user = get_user_model().objects.create_user(
            item["username"], password=PASSWORD, is_staff=True, first_name=item["name"]
        )
        user.groups.add(Group.objects.get(name=item["role"]))
        Author.objects.filter(pk=authors[item["pen_name"]].pk).update(user=user)
    return sections


def _sample_page(sample, sections, teasers, prepared):
    data = SAMPLE_PAGE.read_bytes()
    incoming = importers.parse(data, SAMPLE_PAGE.name)
    for place, link in zip(teasers, incoming.related, strict=True):
        teaser = Article.objects.create(
            title=link.title, lede=link.lede, dateline=link.dateline, category=sections[place["section"]]
        )
        transitions.publish(teaser, at=place["published"])
    outcome = importers.save(
        incoming, data, SAMPLE_PAGE.name,
        section=sample["section"], title=sample["title"], published=sample["published"],
    )  # fmt: skip
    article = outcome.article
    article.kicker, article.editor_note = sample["kicker"], sample["note"]
    if prepared:
        photo = article.photo or Photo(caption=incoming.photo.caption)
        photo.credit, photo.alt = CREDIT, sample["alt"]
        article.photo = photos.keep(photo, prepared)
    article.save()


def _article(item, sections, prepared):
    photo = None
    if prepared:
        words = item["photo"]
        photo = photos.keep(Photo(caption=words["caption"], alt=words["alt"], credit=CREDIT), prepared)
    article = Article.objects.create(
        title=item["title"], kicker=item.get("kicker", ""), lede=item["lede"], body=item["body"],
        dateline="BAL", category=sections[item["section"]], photo=photo,
    )  # fmt: skip
    for order, name in enumerate(item["byline"]):
        Byline.objects.create(article=article, author=Author.objects.get(name=name), order=order)
    transitions.publish(article, at=item["published"])


def _desk(item, sections):
    rita = get_user_model().objects.get(username="rita")
    article = Article.objects.create(
        title=item["title"], lede=item["lede"], body=item["body"], editor_note=item["note"], dateline="BAL",
        category=sections[item["section"]], created_by=rita,
    )  # fmt: skip
    Byline.objects.create(article=article, author=Author.objects.get(user=rita))
    if item["state"] == "withdrawn":
        transitions.publish(article, at=item["published"])
        transitions.withdraw(article)
