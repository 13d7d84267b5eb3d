"""What is right in a place, from two pages alone: what readers get and what the site would give now."""

import pytest

from articles.models import Receipt
from articles.receipts import places
from articles.receipts.judging import Answer, Story, content, judge

Place, Outcome = Receipt.Place, Receipt.Outcome
STORY = Story(pk=12, title="Cầu “mới” & đẹp")
GONE = Story(pk=12, title="Cầu", is_gone=True)
LINK = '<a href="/kinh-te/cau-moi-12/">Cầu “mới” &amp;  đẹp</a>'
OTHER = '<a href="/kinh-te/cau-cu-112/">Cầu cũ</a>'
NEXT = '<a rel="next" href="?truoc=3">'


def outcome(place, story, seen, anew=""):
    seen, anew = (one if isinstance(one, Answer) else Answer(200, one) for one in (seen, anew))
    return judge(place, story, seen, lambda: anew)[0]


@pytest.mark.parametrize("place", [Place.SECTION, Place.TOP, Place.FRONT, Place.DAY, Place.SEARCH])
def test_a_list_is_right_with_a_link_by_the_id_and_the_title(place):
    assert outcome(place, STORY, OTHER + LINK) == Outcome.SEEN
    assert outcome(place, STORY, OTHER, anew=LINK) == Outcome.WAITING


@pytest.mark.parametrize("place", [Place.FEED, Place.SITEMAP])
def test_for_machines_the_element_of_the_story_counts_and_not_a_link_in_a_text(place):
    own = "<item><title>Cầu “mới” &amp; đẹp</title><link>https://a.vn/x-12/</link><loc>https://a.vn/x-12/</loc></item>"
    mention = "<title>Cầu “mới” &amp; đẹp</title><content>&lt;a href=&quot;https://a.vn/x-12/&quot;&gt;</content>"
    assert outcome(place, STORY, own) == Outcome.SEEN
    assert outcome(place, STORY, mention, anew=own) == Outcome.WAITING
    assert outcome(place, GONE, mention) == Outcome.SEEN
    assert outcome(place, GONE, own) == Outcome.WAITING


def test_an_old_title_beside_the_link_is_an_old_list():
    assert outcome(Place.FRONT, STORY, LINK.replace("mới”", "cũ”"), anew=LINK) == Outcome.WAITING


def test_a_place_that_says_it_in_other_words_is_right():
    assert outcome(Place.FRONT, STORY, 'href="/x-12/"', anew='href="/x-12/"') == Outcome.SEEN


@pytest.mark.parametrize("place", [Place.SECTION, Place.TOP, Place.DAY, Place.SEARCH])
def test_a_full_list_may_lack_an_older_story_and_one_with_room_may_not(place):
    assert outcome(place, STORY, OTHER + NEXT, anew=OTHER + NEXT) == Outcome.ABSENT
    assert outcome(place, STORY, OTHER, anew=OTHER) == Outcome.WAITING


@pytest.mark.parametrize("place", [Place.SECTION, Place.TOP, Place.DAY, Place.FRONT, Place.FEED])
def test_the_newest_of_all_stands_everywhere(place):
    newest = Story(pk=12, title="Cầu", is_newest=True)
    assert outcome(place, newest, OTHER + NEXT, anew=OTHER + NEXT) == Outcome.WAITING


def test_the_sitemap_of_news_holds_what_is_news():
    assert outcome(Place.SITEMAP, Story(12, "Cầu", is_newest=True), OTHER, anew=OTHER) == Outcome.ABSENT
    assert outcome(Place.SITEMAP, Story(12, "Cầu", is_newest=True, is_news=True), "", anew="") == Outcome.WAITING


@pytest.mark.parametrize(("was_public", "status", "expected"), [
    (True, 410, Outcome.SEEN), (True, 200, Outcome.WAITING), (True, 404, Outcome.WAITING),
    (False, 404, Outcome.SEEN), (False, 410, Outcome.WAITING),
])  # fmt: skip
def test_the_address_of_what_is_gone(was_public, status, expected):
    story = Story(12, "Cầu", is_gone=True, was_public=was_public)
    assert outcome(Place.ARTICLE, story, Answer(status)) == expected


@pytest.mark.parametrize("story", [STORY, GONE])
@pytest.mark.parametrize("answer", [Answer(0, problem="Không kết nối."), Answer(500), Answer(503)])
def test_a_site_that_fails_is_right_nowhere(story, answer):
    assert {outcome(place, story, answer) for place in Place} == {Outcome.WAITING}


def test_words_and_pictures_of_the_article_count_and_its_surroundings_do_not():
    page = '<h1>Báo</h1><article class="article"><h1>Cầu</h1> <img alt="x" src="/a.webp"></article><p>Đọc nhiều</p>'
    assert content(page) == ("Cầu", ["/a.webp"])
    assert outcome(Place.ARTICLE, STORY, page, anew=page.replace("Đọc nhiều", "Khác")) == Outcome.SEEN
    assert outcome(Place.ARTICLE, STORY, page, anew=page.replace("a.webp", "b.webp")) == Outcome.WAITING
    assert outcome(Place.ARTICLE, STORY, page, anew=page.replace("Cầu", "Cầu mới")) == Outcome.WAITING


def test_the_phrase_that_is_searched_has_no_quotes_of_its_own_and_fits_the_box():
    assert places.phrase("Cầu “mới” và 'cũ'") == "\"Cầu mới và 'cũ'\""
    long = places.phrase("Đường " * 60)
    assert len(long) <= 152
    assert long.endswith('Đường"')
