"""What articles need is not deleted under them: the desk asks, or says who holds it. What moves leaves a 301."""

from tests.drills import newsroom  # first: it sets Django up  # isort: skip
from django.contrib.auth import get_user_model

from articles.models import Article, Author, Byline, Category, Topic
from tests import base, factories
from tests.admin import forms
from tests.drills.asking import Person, ask

DESK, MOST = "/admin/articles", 2  # of 301s, until a reader is there
SEEN = 10  # seconds


def drill(found, home):
    chief = Person(home, "tong")
    held(found, chief)
    people(found, home)
    arrived = [one for thing in things() for one in moved(found, chief, *thing)]
    ring(found, chief)
    found.figure(f"{sum(arrived)} of {len(arrived)} visits to old addresses arrived")


def delete(person, kind, pk):
    return person.post(f"{DESK}/{kind}/{pk}/delete/", {"post": "yes"})


def held(found, chief):
    """A section and an author with articles stay, and say whose they are; handed over, they go. A topic asks."""
    section, author = factories.section("Tạm thời"), factories.author("Bút Tạm")
    stories = [factories.complete(title=f"Bài giữ chỗ {number}", category=section) for number in range(2)]
    for story in stories:
        Byline.objects.filter(article=story).update(author=author)
    forgotten = stories[1]
    killed = delete(chief, "article", forgotten.pk)  # also what lies in the trash holds them
    found.expect(killed.status == 302, f"the second one was not deleted: {killed.status}")
    for kind, row in (("category", section), ("author", author)):
        answer = delete(chief, kind, row.pk)
        is_told = all(story.title in answer.text for story in stories)
        found.expect(answer.status == 200 and is_told, f"{kind}: not said which articles hold it ({answer.status})")
        found.expect(type(row).objects.filter(pk=row.pk).exists(), f"{kind} was deleted under its articles")
    chief.post(f"{forms.LIST_URL}thung-rac/{forgotten.pk}/khoi-phuc/", {})
    handed, writer = factories.section("Đời sống"), factories.author("Bút Mới")
    for story in stories:
        chief.write(story, "chuyenx", category=handed.pk, **{"bylines-0-author": writer.pk})
    gone = [delete(chief, kind, row.pk).status for kind, row in (("category", section), ("author", author))]
    left = [Category.objects.filter(pk=section.pk).exists(), Author.objects.filter(pk=author.pk).exists()]
    found.expect(gone == [302, 302] and left == [False, False], f"handed over, and they stay: {gone} {left}")
    found.expect(set(Article.objects.filter(category=handed)) == set(stories), "not all went to the other section")
    topic(found, chief)


def topic(found, chief):
    public = factories.published(title="Bài của chủ đề")
    tied = factories.topic("Chuyện tạm", public)
    asked = chief.get(f"{DESK}/topic/{tied.pk}/delete/")
    is_asked = asked.status == 200 and tied.name in asked.text and Topic.objects.filter(pk=tied.pk).exists()
    found.expect(is_asked, "a topic is deleted without a question")
    answer, page = delete(chief, "topic", tied.pk), ask(chief.home, public.get_absolute_url())
    found.expect(
        (answer.status, page.status) == (302, 200), f"a topic, and its article: {answer.status}, {page.status}"
    )


def people(found, home):
    """An account is switched off, never deleted: what it wrote keeps its name."""
    head, base.ROLES["phongvien"] = Person(home, "quanly", "administrator"), "reporter"
    writer = base.person("phongvien")
    story = factories.published(title="Bài của người đã nghỉ", created_by=writer)
    answer = head.post(f"/admin/auth/user/{writer.pk}/delete/", {"post": "yes"})
    found.expect(answer.status == 403, f"an account with articles was deleted: {answer.status}")
    path = f"/admin/auth/user/{writer.pk}/change/"
    fields = {name: value for name, value in head.form(path)[1].items() if name != "is_active"}
    answer = head.post(path, {**fields, "_save": "1"})
    off = get_user_model().objects.filter(username="phongvien", is_active=False).exists()
    found.expect(answer.status == 302 and off, f"an account was not switched off: {answer.status}")
    story.refresh_from_db()
    page = ask(home, story.get_absolute_url())
    found.expect(story.created_by == writer and page.status == 200, "what it wrote is not there as before")


# Addresses


def things():
    """(the kind, the row, what stands before its slug)"""
    section, writer = factories.section("Địa chỉ"), factories.author("Người Viết")
    story = factories.published(title="Bài ở địa chỉ", category=section)
    factories.signed(story, writer.name)
    return [
        ("category", section, "/"),
        ("author", writer, "/tac-gia/"),
        ("topic", factories.topic("Dòng", story), "/chu-de/"),
    ]


def moved(found, chief, kind, row, before):
    """It is called otherwise, again, as it first was, and otherwise once more: whether each visit arrived."""
    path, known, first = f"{DESK}/{kind}/{row.pk}/change/", {row.slug}, row.slug
    for slug in (f"mot-moi-{kind}", f"hai-moi-{kind}", first, f"ba-moi-{kind}"):
        answer = chief.post(path, {**chief.form(path)[1], "slug": slug, "_save": "1"})
        found.expect(answer.status == 302, f"{kind} was not called {slug}: {answer.status}")
        known.add(slug)
        for old in sorted(known):
            for below in ("", "rss/"):
                yield _arrives(found, chief.home, f"{before}{old}/{below}", f"{before}{slug}/{below}")


def _arrives(found, home, path, wanted):
    """Within SEEN, for kept pages are made anew a moment later."""
    seen = newsroom.until(lambda: follow(home, path)[:2] == (wanted, 200), SEEN)
    found.expect(seen is not None, f"{path} leads to {follow(home, path)}, not to {wanted}")
    return seen is not None


def follow(home, path):
    """(where a reader ends, what is answered there, how many 301s led there)"""
    for hops in range(MOST + 1):
        answer = ask(home, path)
        if answer.status != 301:
            return path, answer.status, hops
        path = answer["Location"].removeprefix(home)
    return path, "no end", MOST


def ring(found, chief):
    """The desk writes two old addresses that lead to each other: a reader is told that nothing is there."""
    pairs = [("/vong/mot/", "/vong/hai/"), ("/vong/hai/", "/vong/ba/"), ("/vong/ba/", "/vong/mot/")]
    for path, target in pairs:
        chief.post(f"{DESK}/redirect/add/", {"path": path, "article": "", "target": target, "_save": "1"})
    for path, _target in pairs:
        end = follow(chief.home, path)
        found.expect(end[1] == 404, f"{path} leads in a circle: {end}")
    story = factories.published(title="Bài sai địa chỉ")
    end = follow(chief.home, f"/sai/chu-sai-{story.pk}/")
    found.expect(end[:2] == (story.get_absolute_url(), 200), f"a wrong address of an article: {end}")
