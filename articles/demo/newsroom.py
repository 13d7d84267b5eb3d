"""The demo's masthead, sections, people, and the pages that it writes about itself."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from articles.editorial.logins import PASSWORD
from articles.models import Author, Category, SiteSettings, StaticPage, StoryTemplate


def found(plan):
    """{slug: section}"""
    SiteSettings.objects.update_or_create(pk=1, defaults=plan["site"])
    for order, item in enumerate(plan["page"]):
        StaticPage.objects.create(order=order, **item)
    sections = _sections(plan["section"])
    for order, item in enumerate(plan["template"]):
        section = sections[item.pop("section")]
        StoryTemplate.objects.create(order=order, category=section, **item)
    authors = {name: Author.objects.create(name=name) for name in plan["authors"]["names"]}
    for item in plan["author"]:
        Author.objects.filter(pk=authors[item["name"]].pk).update(about=item["about"])
    for item in plan["user"]:
        user = get_user_model().objects.create_user(
            item["username"], password=PASSWORD, is_staff=True, first_name=item["name"]
        )
        user.groups.add(Group.objects.get(name=item["role"]))
        if "pen_name" in item:
            Author.objects.filter(pk=authors[item["pen_name"]].pk).update(user=user)
    return sections


def _sections(items):
    sections = {}
    for order, item in enumerate(items):
        parent = sections.get(item.pop("parent", None))
        sections[item["slug"]] = Category.objects.create(parent=parent, order=order, **item)
    return sections
