"""A change drops the pages that it touches and no others: kinds of change against kinds of page."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import days
from articles.editorial import moderation, transitions
from articles.models import Comment, Redirect, SiteSettings, StaticPage, Transition
from articles.models.redirect import key
from articles.pagecache import tags
from articles.pagecache.tags import Level
from tests import base, factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_once")]

WHEN = "2023-03-22 08:00"


class Site:
    """One article in a sub-section with all that can hang on one, another beside it, a third far away."""

    def __init__(self):
        self.section = factories.section("Kinh tế")
        self.child = factories.subsection("Nông nghiệp", "Kinh tế")
        self.far_section = factories.section("Thể thao")
        self.photo = factories.photo_without_files()
        self.article = factories.published(WHEN, title="Bài này", category=self.child, photo=self.photo)
        self.byline = factories.signed(self.article, "Hà Thu")
        self.topic = factories.topic("Nông thôn mới", self.article)
        self.english = factories.english(self.article)
        self.beside = factories.published("2023-03-22 07:00", title="Bài bên", category=self.child)
        self.far = factories.published("2020-05-05 08:00", title="Bài xa", category=self.far_section)
        factories.signed(self.far, "Minh Tuấn")
        factories.topic("Biển đảo", self.far)
        self.page = StaticPage.objects.create(title="Liên hệ", body="<p>Địa chỉ.</p>")
        article, beside, far = (one.get_absolute_url() for one in (self.article, self.beside, self.far))
        self.addresses = {
            "front": "/", "section": "/kinh-te/", "sub-section": "/nong-nghiep/", "far section": "/the-thao/",
            "article": article, "beside": beside, "far": far,
            "day": "/ngay/2023/03/22/", "section day": "/kinh-te/ngay/2023/03/22/", "month": "/ngay/2023/03/",
            "year": "/ngay/2023/", "day after": "/ngay/2023/03/23/", "far day": "/ngay/2020/05/05/",
            "far month": "/ngay/2020/05/", "sub-section month": "/nong-nghiep/ngay/2023/03/",
            "author": "/tac-gia/ha-thu/", "far author": "/tac-gia/minh-tuan/",
            "topic": "/chu-de/nong-thon-moi/", "far topic": "/chu-de/bien-dao/",
            "feed": "/rss/", "section feed": "/kinh-te/atom/", "far feed": "/the-thao/feed.json",
            "author feed": "/tac-gia/ha-thu/rss/",
            "sitemap": "/sitemap.xml", "sitemap month": "/sitemap-2023-03.xml", "sitemap news": "/sitemap-news.xml",
            "far sitemap": "/sitemap-2020-05.xml", "sitemap pages": "/sitemap-pages.xml",
            "search": "/tim-kiem/?q=bai", "corrections": "/cai-chinh/", "page": "/trang/lien-he/",
            "english": self.english.get_absolute_url(), "english front": "/en/", "english section": "/en/kinh-te/",
            "robots": "/robots.txt", "404": "/khong-co/",
        }  # fmt: skip

    def tags(self, client):
        found = {}
        for name, address in self.addresses.items():
            response = client.get(address)
            assert response.status_code == (404 if name == "404" else 200), name
            found[name] = set(response["Cache-Tag"].split())
        return found


ITSELF = {"article", "feed", "section feed", "author feed", "search", "sitemap", "sitemap month"}
ALL_OF_MARCH = {"day", "section day", "month", "year", "day after", "sub-section month"}
SHOWING = {"front", "section", "sub-section", "day", "section day", "author", "topic", "beside"}  # its card
ENGLISH = {"english", "english front", "english section"}
LISTS = {
    *("front", "section", "sub-section", "author", "topic", "feed", "section feed", "author feed", "search"),
    *("sitemap", "sitemap month", "sitemap news", "sitemap pages", "english front", "english section", "404"),
} | ALL_OF_MARCH  # fmt: skip
ANEW = {"article", "english"}
EVERYTHING = "everything"
# Over the first of April and the first of May lies no news: the pages that lead to nothing newer change with any.
CHANGES = {}


def changes(*names, soft=()):
    """Registers a change with the pages that it drops, and those that may be shown while they are made anew."""

    def register(function):
        CHANGES[function.__name__] = (function, set(names), set(soft))
        return function

    return register


def dropped(*groups):
    return set().union(*(group if isinstance(group, set) else {group} for group in groups))


@changes(*(LISTS - {"author", "topic", "author feed", "english front", "english section"}), soft={"article", "beside"})
def publish(site):
    factories.published("2023-03-22 09:00", category=site.child)


@changes(
    "search",
    soft=LISTS - {"author", "topic", "author feed", "english front", "english section", "sitemap month", "search"}
    | {"article", "beside"},
)
def schedule(site):
    factories.published(timezone.now() + timedelta(hours=1), category=site.child)


@changes(*ITSELF)
def silent_fix(site):
    site.article.body = "<p>Nội dung đúng.</p>"
    site.article.save()


@changes(*ITSELF)
def revised(site):
    transitions.revise(site.article, {"body"})


@changes(*dropped(ITSELF, SHOWING, ENGLISH, "sitemap news"))
def update_of_the_title(site):
    site.article.title = "Tên mới"
    site.article.save()


@changes("article", "feed", "section feed", "author feed", "corrections", "front")
def correction(site):
    factories.correction(site.article)


@changes(*dropped(LISTS, SHOWING, ANEW))
def withdraw(site):
    transitions.withdraw(site.article)


@changes(*dropped(LISTS, SHOWING, ANEW, "far section", "far feed"), soft={"far"})
def move_to_another_section(site):
    site.article.category = site.far_section
    site.article.save()


@changes(*dropped(LISTS, SHOWING, ANEW, "far day", "far month", "far sitemap"))
def reschedule(site):
    site.article.published_at = factories.at("2020-05-05 09:00")
    site.article.save()


@changes("article", "feed", "section feed", "author feed", "far topic", "sitemap pages", "search")
def new_topic_tie(site):
    site.article.topics.add(factories.topic("Biển đảo"))


@changes(
    *("article", "feed", "section feed", "author feed", "author", "far author", "sitemap pages", "search", "english")
)
def byline_changes_hands(site):
    site.byline.author = factories.author("Minh Tuấn")
    site.byline.save()


@changes("article", "author", "feed", "section feed", "author feed", "search", "sitemap pages", "english")
def author_renamed(site):
    site.byline.author.name = "Hà Thu Hương"
    site.byline.author.save()


@changes("article", "topic", "front", "feed", "section feed", "author feed", "sitemap pages")
def topic_renamed(site):
    site.topic.name = "Nông thôn mới nâng cao"
    site.topic.save()


@changes(EVERYTHING)
def section_renamed(site):
    site.section.name = "Kinh tế - Thị trường"
    site.section.save()


@changes(EVERYTHING)
def settings(site):
    SiteSettings.objects.create(pk=1, name="Báo Mới")


@changes(*dropped(SHOWING, ANEW, ENGLISH, "search", "feed", "section feed", "author feed"))
def caption_of_a_photo(site):
    site.photo.caption = "Chú thích đúng."
    site.photo.save()


@changes()
def rights_of_a_photo(site):
    site.photo.rights = "Đã mua."
    site.photo.save(update_fields=["rights"])


@changes("article", "feed", "section feed", "author feed")
def comment_shown(site):
    comment = factories.comment(site.article, state=Comment.State.WAITING)
    moderation.moderate([comment.pk], Comment.State.SHOWN, base.person("ed"))


@changes()
def comment_waits(site):
    factories.comment(site.article, state=Comment.State.WAITING)


@changes("front")
def placement_on_the_front_page(site):
    factories.placement(site.article)


@changes("far section", "far feed")
def placement_in_a_section(site):
    factories.placement(site.far, section=site.far_section)


@changes("page", "sitemap pages")
def text_of_a_page(site):
    site.page.body = "<p>Địa chỉ mới.</p>"
    site.page.save()


@changes(EVERYTHING)
def title_of_a_page(site):
    site.page.title = "Liên hệ toà soạn"
    site.page.save()


@changes(*ENGLISH, "article", "feed", "section feed", "author feed", "sitemap month", "sitemap pages")
def english_version(site):
    site.english.title = "Another title"
    site.english.save()


@changes("404")
def redirect(site):
    Redirect.objects.create(path=key("/khong-co/"), target="/kinh-te/")


@changes("article", "search", "feed", "section feed", "author feed")
def live_update(site):
    factories.live_update(site.article)


@changes("article", "feed", "section feed", "author feed")
def attachment(site):
    factories.attachment(site.article)


@changes("article", "feed", "section feed", "author feed")
def related_link(site):
    factories.link(site.article, site.far)


@changes()
def draft_saved(site):
    draft = factories.draft()
    factories.signed(draft)
    draft.title = "Còn viết dở"
    draft.save()


@changes()
def note_of_the_desk(site):
    site.article.editor_note = "Chờ ảnh."
    site.article.save()


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_drops_what_it_touches_and_nothing_else(stranger, monkeypatch, name):
    change, expected, softened = CHANGES[name]
    site = Site()
    pages = site.tags(stranger)
    found = {}
    monkeypatch.setattr("articles.pagecache.purging.purge_now", lambda purge: found.update(tags.joined(found, purge)))
    change(site)
    levels = {page: max((found[tag] for tag in named if tag in found), default=None) for page, named in pages.items()}
    dropped_now = {page for page, level in levels.items() if level in {Level.PLAIN, Level.HARD}}
    assert dropped_now == (set(pages) if EVERYTHING in expected else expected)
    assert {page for page, level in levels.items() if level == Level.SOFT} == softened


def test_what_was_withdrawn_is_dropped_for_good_wherever_it_was_seen(stranger, monkeypatch):
    site = Site()
    pages = site.tags(stranger)
    found = {}
    monkeypatch.setattr("articles.pagecache.purging.purge_now", lambda purge: found.update(tags.joined(found, purge)))
    transitions.withdraw(site.article)
    hard = {page for page, named in pages.items() if any(found.get(tag) == Level.HARD for tag in named)}
    assert hard >= {"article", "front", "section", "day", "feed", "search", "author", "topic", "beside", "english"}


def test_a_day_with_its_first_news_is_where_the_newest_page_of_the_archive_leads(stranger):
    """Which today has none: the page of the last day with news bears the tag of the end."""
    site = Site()
    assert tags.archive_end() in site.tags(stranger)["day"]
    standing = tags.Standing(pk=1, sections=(site.section.pk,), day=days.make(2023, 4, 1))
    assert tags.archive_end() in tags.published(standing)


def test_too_many_tags_are_everything():
    many = tags.joined(*(tags.part(pk) for pk in range(tags.MOST + 1)))
    assert many == {tags.ALL: Level.PLAIN}


def test_a_step_that_is_taken_at_the_desk_only_drops_nothing(monkeypatch):
    rita = base.person("rita")
    draft, found = factories.complete(created_by=rita), []
    monkeypatch.setattr("articles.pagecache.purging.purge_now", found.append)
    transitions.submit(draft, rita)
    assert Transition.objects.get().to_state == "submitted"
    assert found == []
