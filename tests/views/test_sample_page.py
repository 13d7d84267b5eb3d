"""The page it all started from, from its bytes to the reader: everything on it, in its order."""

import json
import re
from pathlib import Path

import lxml.html
import pytest

from articles import demo, importers
from articles.editorial import photos
from tests import factories

SAMPLE = Path(demo.__file__).parent / "sample-page"
EXPECTED = json.loads((SAMPLE / "expected.json").read_text(encoding="utf-8"))
TITLE = "Liên minh HTX tỉnh đồng hành cùng các hợp tác xã đổi mới"
pytestmark = pytest.mark.django_db


@pytest.fixture
def address(django_capture_on_commit_callbacks):
    """The sample, imported and published in Kinh tế on 22/11/2010, its six other news arrived, its picture found."""
    factories.section("Xã hội")
    section = factories.section("Kinh tế")
    with django_capture_on_commit_callbacks(execute=True):
        data = (SAMPLE / "page.txt").read_bytes()
        outcome = importers.save(
            importers.parse(data, "page.txt"), data, "page.txt",
            section="kinh-te", title=TITLE, published=factories.at("2010-11-22 07:30"),
        )  # fmt: skip
        for link in reversed(EXPECTED["related"]):
            factories.published("2023-03-22 08:00", title=link["title"], lede=link["lede"], category=section)
    photos.store(outcome.article.photo, factories.picture_bytes())
    return outcome.article.get_absolute_url()


@pytest.fixture
def tree(stranger, address):
    return lxml.html.fromstring(stranger.get(address).content.decode())


def text(tree, selector):
    [found] = tree.xpath(selector)
    return re.sub(r"\s+", " ", found.text_content()).strip()


def test_its_elements_stand_in_the_order_of_the_page(stranger, address):
    html = stranger.get(address).content.decode()
    order = [
        'class="breadcrumb"', "Thứ hai, 22/11/2010, 07:30 (GMT+7)", "<h1>", 'class="lede"', "<figcaption>",
        'class="body"', 'class="byline"', 'class="other-news"', 'class="archive-form"', 'value="kinh-te" selected',
    ]  # fmt: skip
    places = [html.index(element) for element in order]
    assert places == sorted(places)


def test_the_title_is_the_given_one_and_the_section_the_chosen_one(tree):
    assert text(tree, "//article//h1") == TITLE
    assert [link.text for link in tree.xpath('//nav[@class="breadcrumb"]/a')][1:] == ["Kinh tế"]


def test_the_lede_has_its_dateline_once(tree):
    assert text(tree, '//p[@class="lede"]') == f"({EXPECTED['dateline']}) - {EXPECTED['lede']}"
    assert "HBĐT" not in text(tree, '//div[@class="body"]')


def test_the_caption_is_shown_exactly_once(tree):
    assert text(tree, "//figcaption") == EXPECTED["photo"]["caption"]
    assert tree.xpath("//main")[0].text_content().count("nghề gò hàn") == 1


def test_the_body_has_its_six_paragraphs_and_no_layout_by_spaces(tree):
    paragraphs = [paragraph.text_content() for paragraph in tree.xpath('//div[@class="body"]/p')]
    assert paragraphs == EXPECTED["body"]
    assert len(paragraphs) == 6


def test_the_byline_leads_to_its_author(tree):
    assert text(tree, '//p[@class="byline"]') == EXPECTED["byline"]
    assert tree.xpath('//p[@class="byline"]/a/@href') == ["/tac-gia/dinh-thang/"]


def test_the_six_other_news_have_their_teasers_and_lead_to_articles(stranger, tree):
    box = tree.xpath('//section[@class="other-news"]')[0]
    assert box.xpath("./h2")[0].text == EXPECTED["related_heading"]
    shown = [(item.xpath("./h3/a")[0].text, item.xpath("./p")[0].text) for item in box.xpath(".//li")]
    assert shown == [(link["title"], link["lede"]) for link in EXPECTED["related"]]
    assert {stranger.get(link).status_code for link in box.xpath(".//h3/a/@href")} == {200}


def test_the_day_form_has_the_pages_own_words(tree):
    form = tree.xpath('//form[@class="archive-form"]')[0].text_content()
    expected = EXPECTED["archive_form"]
    for words in (expected["label"], expected["scope_label"], *expected["scopes"]):
        assert words in form


def test_its_day_leads_to_it_in_both_scopes(stranger, address):
    for scope in ({"muc": "kinh-te"}, {"muc": ""}):
        day = stranger.get("/ngay/", {"ngay": "22/11/2010", **scope}, follow=True)
        assert f'href="{address}"' in day.content.decode()
    assert address not in stranger.get("/xa-hoi/ngay/2010/11/22/").content.decode()
