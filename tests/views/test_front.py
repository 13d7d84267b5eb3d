import re
from datetime import timedelta

import pytest
from django.utils import timezone

from articles import frontpage
from articles.models import Article, Correction, Genre, Placement, ReadCount, Topic
from articles.readers import ranking
from tests import factories

pytestmark = pytest.mark.django_db

TOP, STREAM, BLOCK = frontpage.TOP, frontpage.STREAM, frontpage.BLOCK


def shown(client, address="/"):
    """The titles of the cards, in the page's order."""
    html = client.get(address).content.decode()
    return re.findall(r'<article class="card.*?<h[23]><a [^>]*>(.*?)</a>', html, flags=re.DOTALL)


def pinned(article, slot="lead", position=0, since=timedelta(hours=1), **fields):
    return Placement.objects.create(
        slot=slot, position=position, article=article, starts_at=timezone.now() - since, **fields
    )


def html_of(client, address="/"):
    return client.get(address).content.decode()


def test_the_front_page_shows_the_newest_story_first(stranger):
    factories.published(title="Tin cũ", when="2023-03-21 08:00")
    factories.published(title="Tin mới", when="2023-03-22 08:00")
    assert shown(stranger) == ["Tin mới", "Tin cũ"]


def test_the_newest_story_with_a_picture_leads_the_page(stranger):
    factories.published(title="Có ảnh", when="2023-03-21 08:00", photo=factories.photo_without_files())
    factories.published(title="Không ảnh", when="2023-03-22 08:00")
    assert shown(stranger) == ["Có ảnh", "Không ảnh"]


def test_a_site_without_sections_says_that_nothing_was_published(stranger):
    response = stranger.get("/")
    assert response.status_code == 200
    assert 'class="nothing"' in response.content.decode()


@pytest.mark.parametrize("count", [0, 1, 3, 100])
def test_any_number_of_articles_makes_a_page_without_repeats(stranger, count):
    for name in ("Kinh tế", "Xã hội", "Văn hóa"):
        factories.many(count, category=factories.section(name))
    titles = shown(stranger)
    assert len(titles) == len(set(titles))
    assert len(titles) == min(3 * count, TOP + STREAM + 3 * BLOCK)


def test_a_section_whose_news_is_all_on_top_has_older_news_in_its_block(stranger):
    factories.many(40, when="2023-03-20 08:00")
    assert 'id="block-kinh-te"' in html_of(stranger)
    assert len(shown(stranger)) == TOP + STREAM + BLOCK


def test_news_of_a_sub_section_stands_in_the_block_of_its_section(stranger):
    factories.many(TOP + STREAM, when="2024-01-01 08:00", category=factories.section("Xã hội"))
    factories.published(title="Lúa trổ", category=factories.subsection("Nông nghiệp", "Kinh tế"))
    html = html_of(stranger)
    assert html.index('id="block-kinh-te"') < html.index("Lúa trổ")
    assert 'id="block-nong-nghiep"' not in html


def test_a_quiet_section_keeps_its_block_when_others_are_busy(stranger):
    factories.published(title="Tin năm ngoái", when="2022-01-01 08:00", category=factories.section("Văn hóa"))
    factories.many(200)
    assert "Tin năm ngoái" in shown(stranger)


def test_a_fact_that_nobody_entered_is_not_invented(stranger):
    assert html_of(stranger).count('class="placeholder"') >= 3


# What the desk placed


def test_a_placed_story_stands_in_its_place_and_nowhere_else(stranger):
    old = factories.published("2020-01-01 08:00", title="Bài được ghim")
    third = factories.published("2020-01-02 08:00", title="Bài thứ ba")
    factories.many(30)
    pinned(old)
    pinned(third, "secondary", 1)
    titles = shown(stranger)
    assert (titles[0], titles[2]) == ("Bài được ghim", "Bài thứ ba")
    assert len(titles) == len(set(titles)) == TOP + STREAM + BLOCK


def test_the_last_story_set_for_a_place_stands_there(stranger):
    first, second = factories.many(2)
    pinned(second, since=timedelta(hours=1))
    pinned(first, since=timedelta(minutes=1))
    assert shown(stranger)[0] == first.title


def test_a_withdrawn_story_leaves_its_place_at_once(stranger):
    placed = factories.withdrawn(title="Bài đã gỡ")
    newest = factories.published(title="Tin mới")
    pinned(placed)
    assert shown(stranger) == [newest.title]


def test_a_scheduled_story_appears_in_its_place_when_its_time_passes(stranger, clock):
    standing, *_others = factories.many(8)
    pinned(standing, since=timedelta(hours=2))
    coming = factories.scheduled(minutes=30, title="Bài hẹn giờ")
    pinned(coming, since=timedelta(hours=1))
    assert shown(stranger)[0] == standing.title
    clock(timezone.now() + timedelta(minutes=31))
    assert shown(stranger)[0] == "Bài hẹn giờ"


def test_a_placement_counts_from_its_beginning_until_its_end(stranger, clock):
    placed, _newer = factories.many(2)
    now = timezone.now()
    pinned(placed, since=-timedelta(hours=1), ends_at=now + timedelta(hours=2))
    leads = []
    for minutes in (59, 61, 119, 120):
        clock(now + timedelta(minutes=minutes))
        leads.append(shown(stranger)[0] == placed.title)
    assert leads == [False, True, True, False]


def test_a_story_placed_twice_stands_once(stranger):
    placed, *_others = factories.many(12)
    pinned(placed, "lead")
    pinned(placed, "secondary", 2)
    assert shown(stranger).count(placed.title) == 1
    assert len(shown(stranger)) == 12


def test_the_placements_of_a_section_say_nothing_about_the_front_page(stranger):
    placed, newest = factories.many(2)
    pinned(placed, section=placed.category)
    assert shown(stranger)[0] == newest.title


def test_a_secondary_story_leads_where_there_is_no_other(stranger):
    pinned(factories.published(title="Bài duy nhất"), "secondary", 3)
    assert shown(stranger) == ["Bài duy nhất"]


# The breaking line


def test_the_breaking_line_names_its_story_and_nothing_fills_it(stranger):
    factories.many(3)
    assert 'class="breaking"' not in html_of(stranger)
    pinned(factories.published(title="Lũ về"), "breaking")
    assert re.search(r'class="breaking">.*Lũ về</a></p>', html_of(stranger))


def test_a_story_of_the_breaking_line_is_a_card_only_where_the_desk_put_it(stranger):
    story = factories.published("2024-01-01 08:00", title="Lũ về")
    factories.many(3)
    pinned(story, "breaking")
    assert "Lũ về" not in shown(stranger)
    pinned(story, "lead")
    assert shown(stranger)[0] == "Lũ về"


# Strips, lists and notices


@pytest.mark.parametrize("genre", [Genre.PHOTOS, Genre.VIDEO])
def test_picture_stories_stand_in_a_strip_and_not_in_a_block_too(stranger, genre):
    strip = {"photos": "photos", "video": "videos"}[genre]
    pictures = factories.many(5, when="2022-01-01 08:00", genre=genre, photo=factories.photo_without_files())
    factories.many(TOP + STREAM)
    html = html_of(stranger).split(f'id="{strip}-heading"')[1].split("</section>")[0]
    assert all(article.title in html for article in pictures)
    assert len(shown(stranger)) == len(set(shown(stranger))) == TOP + STREAM + 5


def test_one_photo_story_alone_makes_no_strip_but_is_not_lost(stranger):
    lone = factories.published("2022-01-01 08:00", genre=Genre.PHOTOS, photo=factories.photo_without_files())
    factories.many(TOP + STREAM)
    assert "photos-heading" not in html_of(stranger)
    assert lone.title in shown(stranger)


def test_a_card_says_which_genre_is_no_plain_text(stranger):
    factories.published(genre=Genre.NEWS)
    assert "card-genre" not in html_of(stranger)
    factories.published(genre=Genre.INFOGRAPHIC)
    assert html_of(stranger).count("card-genre") == 1


def test_the_most_read_of_a_day_and_of_a_week_are_listed_apart(stranger):
    today, earlier = factories.many(2)
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    ReadCount.objects.create(article=today, hour=hour - timedelta(hours=2), reads=5)
    ReadCount.objects.create(article=earlier, hour=hour - timedelta(days=3), reads=9)
    lists = re.findall(r"<ol>(.*?)</ol>", html_of(stranger), flags=re.DOTALL)
    titles = [re.findall(r"<a [^>]*>(.*?)</a>", found) for found in lists]
    assert titles == [[today.title], [earlier.title, today.title]]


def test_the_topics_that_the_desk_features_are_linked(stranger):
    factories.published()
    Topic.objects.create(name="Mùa lũ", is_featured=True)
    Topic.objects.create(name="Cầu mới")
    html = html_of(stranger)
    assert 'href="/chu-de/mua-lu/"' in html
    assert "cau-moi" not in html


def test_a_correction_stands_on_the_front_page_for_a_week(stranger, clock):
    article = factories.withdrawn(title="Bài có sai sót")
    Correction.objects.create(article=article, wrong="Sai", right="Đúng")
    assert "Bài có sai sót" in html_of(stranger)
    clock(timezone.now() + timedelta(days=7, minutes=1))
    assert "Bài có sai sót" not in html_of(stranger)


def test_a_correction_of_what_nobody_could_read_tells_no_title(stranger):
    factories.published()
    Correction.objects.create(article=factories.draft(title="Bản nháp"), wrong="Sai", right="Đúng")
    assert "Bản nháp" not in html_of(stranger)


def test_the_lead_picture_is_loaded_first_and_the_others_when_they_are_near(stranger):
    for _number in range(4):
        factories.published(photo=factories.photo_without_files())
    html = html_of(stranger)
    assert html.count('fetchpriority="high"') == 1
    assert html.index('fetchpriority="high"') < html.index('loading="lazy"')
    assert html.count('loading="lazy"') == 3


@pytest.mark.parametrize("count", [1, 40])
def test_the_front_page_asks_the_same_few_questions_however_much_there_is(stranger, django_assert_num_queries, count):
    hour = timezone.now().replace(minute=0, second=0, microsecond=0) - timedelta(hours=1)
    for number in range(count):
        articles = factories.many(3, category=factories.section(f"Mục {number}"))
        Topic.objects.create(name=f"Chủ đề {number}", is_featured=True)
        Correction.objects.create(article=articles[0], wrong="Sai", right="Đúng")
        ReadCount.objects.create(article=articles[1], hour=hour, reads=number)
        pinned(articles[2], "secondary", number % 4)
    Article.objects.update(photo=factories.photo_without_files())
    ranking.lists([24, 168], 1)
    with django_assert_num_queries(7):
        stranger.get("/")
