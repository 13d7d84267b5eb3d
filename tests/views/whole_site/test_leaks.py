"""Nothing that is not public shows anywhere: one word in every text of an article, and every page of the site read."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.editorial import transitions
from articles.models import Article, GalleryPhoto
from tests import base, factories

from . import crawl

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indexed")]

CANARY = "bimat7391"
OPEN_TITLE = "Hồ thủy điện tích nước"


def secret(**fields):
    """A draft with the canary in every text that belongs to it."""
    photo = factories.photo_without_files(
        caption=f"Ảnh {CANARY}", credit=CANARY, alt=CANARY, master=f"{CANARY}/master.jpg"
    )
    article = factories.draft(
        title=f"Thủy điện {CANARY}", slug=f"thuy-dien-{CANARY}", kicker=CANARY, dateline=CANARY, photo=photo,
        lede=f"Thủy điện {CANARY}.", body=f"<p>Thủy điện {CANARY}</p>", editor_note=CANARY, **fields,
    )  # fmt: skip
    factories.signed(article, "Hà Thu", as_printed=CANARY)
    factories.link(article, title=CANARY, url=f"https://baomau.vn/{CANARY}", teaser=CANARY)
    factories.live_update(article, title=CANARY, body=f"<p>{CANARY}</p>")
    factories.attachment(article, title=CANARY)
    factories.comment(article, name=CANARY, text=CANARY)
    factories.english(article, title=f"Dam {CANARY}", lede=CANARY, body=f"<p>{CANARY}</p>", photo_caption=CANARY)
    GalleryPhoto.objects.create(article=article, photo=photo)
    return article


def promoted(article):
    """Everything the desk and readers can do to bring an article before readers."""
    factories.topic("Thủy điện", article, is_featured=True)
    for slot in factories.Slot:
        factories.placement(article, slot)
        factories.placement(article, slot, article.category.parent)
    factories.reads(article, 50)
    return article


def site(when=f"{crawl.DAY} 09:00", **fields):
    """The secret article among open ones that name it: (secret, an open article linked to it)."""
    section = factories.subsection("Nông nghiệp", "Kinh tế")
    hidden = promoted(secret(category=section, published_at=factories.at(when), **fields))
    address = f"/nong-nghiep/thuy-dien-{hidden.pk}/"
    body = f'<p><a href="{address}">Xem thêm</a></p><p>Chữ.</p>'  # a card in the text, where it may be read
    for hour in ("08:00", "10:00"):
        open_article = factories.published(f"{crawl.DAY} {hour}", title=OPEN_TITLE, category=hidden.category, body=body)
        factories.topic("Thủy điện", open_article)
        factories.english(open_article, title="Reservoir")
        factories.signed(open_article, "Hà Thu")
        factories.link(open_article, hidden)
    return hidden, open_article


def pages_with_canary(client, *more):
    found = crawl.crawl(client, [*crawl.known(), *more])
    assert any(OPEN_TITLE in response.content.decode() for response in found.values())
    return sorted(address for address, response in found.items() if CANARY in response.content.decode())


def schedule(article):
    transitions.publish(article, at=timezone.now() + timedelta(minutes=5))


def withdraw(article):
    transitions.publish(article)
    transitions.withdraw(article)


def trash(article):
    transitions.trash(article, base.person("chris"))


STATES = {"draft": lambda article: None, "scheduled": schedule, "withdrawn": withdraw, "trashed": trash}


@pytest.mark.parametrize("state", STATES)
def test_an_article_that_is_not_public_shows_on_no_page(stranger, state):
    hidden, _open = site()
    STATES[state](hidden)
    day = timezone.localdate() if state == "scheduled" else None
    today = [f"/ngay/{day:%Y/%m/%d}/", f"/kinh-te/ngay/{day:%Y/%m}/"] if day else []
    assert pages_with_canary(stranger, hidden.get_absolute_url(), f"/xem-truoc/{hidden.pk}/", *today) == []


@pytest.mark.parametrize("state", STATES)
def test_a_search_for_its_own_words_finds_nothing(stranger, state):
    hidden, _open = site()
    STATES[state](hidden)
    html = stranger.get(f"/tim-kiem/?q={CANARY}").content.decode()
    assert '<article class="card' not in html


@pytest.mark.parametrize("state", STATES)
def test_its_day_and_month_count_without_it(stranger, state):
    hidden, _open = site(when="2023-03-23 09:00")
    STATES[state](hidden)
    assert 'class="nothing"' in stranger.get("/ngay/2023/03/23/").content.decode()
    assert "/ngay/2023/03/23/" not in stranger.get("/ngay/2023/03/").content.decode()
    assert "/ngay/2023/03/23/" not in stranger.get("/ngay/2023/03/22/").content.decode()


def test_the_same_article_is_everywhere_once_it_is_published(stranger):
    """That the word is found at all: without this, the tests above would pass on a blind crawler."""
    hidden, open_article = site()
    transitions.publish(hidden)
    found = pages_with_canary(stranger)
    day = [f"{scope}/ngay/2023/03/22/" for scope in ("", "/kinh-te", "/nong-nghiep")]
    lists = ["/", "/kinh-te/", "/nong-nghiep/", "/rss/", "/kinh-te/rss/", "/tac-gia/ha-thu/", "/tim-kiem/?q=thuy+dien"]
    new = ["/chu-de/thuy-dien/", "/en/", "/atom/", "/feed.json", "/sitemap-2023-03.xml"]
    assert set(found) >= {*day, *lists, *new, hidden.get_absolute_url(), open_article.get_absolute_url()}


def test_the_internal_note_of_a_published_article_is_nowhere(stranger):
    factories.published(f"{crawl.DAY} 08:00", title=OPEN_TITLE, editor_note=CANARY)
    assert pages_with_canary(stranger) == []


def test_a_link_that_waits_is_nowhere(stranger):
    article = factories.published(f"{crawl.DAY} 08:00", title=OPEN_TITLE)
    factories.link(article, title=CANARY, teaser=CANARY)
    assert pages_with_canary(stranger) == []


def test_a_link_to_a_draft_appears_when_the_draft_is_published_and_goes_when_it_is_withdrawn(stranger):
    hidden, open_article = site()
    shown = []
    for change in (lambda article: None, transitions.publish, transitions.withdraw, transitions.publish):
        change(hidden)
        shown.append(CANARY in stranger.get(open_article.get_absolute_url()).content.decode())
    assert shown == [False, True, False, True]


def test_the_pictures_and_originals_of_uploads_are_not_listed_anywhere(stranger):
    hidden, _open = site()
    photo = factories.photo()
    Article.objects.filter(pk=hidden.pk).update(photo=photo)
    found = crawl.crawl(stranger, crawl.known())
    assert not any(photo.master in response.content.decode() for response in found.values())
    assert stranger.get(f"/media/{photo.original}").status_code == 404


# The clock


@pytest.fixture
def scheduled(clock):
    """An article of 09:00 among open ones; clock is the hand that moves the time."""
    clock(factories.at(f"{crawl.DAY} 08:55"))
    hidden, open_article = site()
    transitions.publish(hidden)
    Article.objects.exclude(pk=hidden.pk).update(published_at=factories.at("2023-03-22 07:00"))
    return hidden, open_article


def test_five_minutes_before_its_time_a_scheduled_article_is_nowhere(stranger, scheduled):
    assert pages_with_canary(stranger, scheduled[0].get_absolute_url()) == []


@pytest.mark.parametrize(
    "kind", ["front", "section", "sub-section", "day", "month", "author", "feed", "search", "link", "own"]
)
def test_at_its_time_it_is_on_every_page_without_anything_being_done(stranger, clock, scheduled, kind):
    hidden, open_article = scheduled
    address = {
        "front": "/", "section": "/kinh-te/", "sub-section": "/nong-nghiep/", "day": "/ngay/2023/03/22/",
        "month": "/ngay/2023/03/", "author": "/tac-gia/ha-thu/", "feed": "/rss/", "search": "/tim-kiem/?q=thuy+dien",
        "link": open_article.get_absolute_url(), "own": hidden.get_absolute_url(),
    }[kind]  # fmt: skip
    before = stranger.get(address).content.decode()
    clock(factories.at(f"{crawl.DAY} 09:00"))
    after = stranger.get(address).content.decode()
    if kind == "month":
        before, after = (text.split('calendar-count">')[1][:1] == "3" and CANARY for text in (before, after))
    assert (CANARY in (before or ""), CANARY in (after or "")) == (False, True)
