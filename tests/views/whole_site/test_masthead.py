"""The masthead: what the law and readers want to know of the newspaper stands on every kind of page.

Source: Press Law 2016, Article 46: the names, the governing body below the newspaper's, and the day on every page.
"""

import pytest

from articles import days
from articles.models import SiteSettings, StaticPage
from tests import factories

pytestmark = pytest.mark.django_db

FACTS = {
    "governing_body": "Đảng bộ tỉnh An Lâm",
    "licence": "Số 548/GP-BVHTTDL ngày 24/08/2025",
    "editor_in_chief": "Nguyễn Thị Mai",
    "address": "12 đường Hoa Ban",
    "phone": "0218 385 0001",
    "email": "toasoan@baomau.vn",
}
OPTIONAL = {"fax": "0218 385 0002", "hotline": "0900 000 001", "advertising": "Phòng Quảng cáo, 0218 385 0003"}
ACCOUNTS = {"facebook": "https://facebook.com/baomau", "zalo": "https://zalo.me/baomau"}

PAGES = {
    **{name: 200 for name in ("/", "/kinh-te/", "/nong-nghiep/", "/tim-kiem/", "/tim-kiem/?q=lua", "/tac-gia/ha-thu/")},
    **{name: 200 for name in ("/chu-de/nong-thon-moi/", "/trang/gioi-thieu/", "/cai-chinh/", "/ngay/2023/03/22/")},
    **{name: 200 for name in ("/kinh-te/ngay/2023/03/22/", "/ngay/2023/03/", "/kinh-te/ngay/2023/03/", "/ngay/2023/")},
    **{name: 200 for name in ("/en/", "/en/kinh-te/", "article", "english", "comments", "/ngoai-tuyen/")},
    **{"/khong-co/": 404, "withdrawn": 410, "english withdrawn": 410, "/ngay/?ngay=hom+qua": 400},
}


@pytest.fixture
def newspaper():
    """A site with a page of every kind: {a name: its address}, where an address holds a number."""
    SiteSettings.objects.create(pk=1, name="Báo Mẫu", english_name="Mau News", **FACTS, **OPTIONAL, **ACCOUNTS)
    StaticPage.objects.create(title="Giới thiệu")
    section = factories.subsection("Nông nghiệp", "Kinh tế")
    section.has_comments = True
    section.save()
    article = factories.published("2023-03-22 08:00", title="Lúa trổ", category=section)
    factories.signed(article, "Hà Thu")
    factories.topic("Nông thôn mới", article)
    factories.correction(article)
    gone = factories.withdrawn(category=section)
    return {
        "article": article.get_absolute_url(),
        "english": factories.english(article).get_absolute_url(),
        "comments": f"/y-kien/{article.pk}/",
        "withdrawn": gone.get_absolute_url(),
        "english withdrawn": factories.english(gone).get_absolute_url(),
    }


@pytest.fixture(params=PAGES)
def html(request, stranger, newspaper):
    response = stranger.get(newspaper.get(request.param, request.param))
    assert response.status_code == PAGES[request.param]
    return response.content.decode()


def test_every_fact_stands_on_every_page(html):
    facts = [*FACTS.values(), *OPTIONAL.values(), *ACCOUNTS.values()]
    assert [fact for fact in facts if fact not in html] == []


def test_the_governing_body_stands_below_the_name(html):
    head = html[html.index('<header class="masthead"') : html.index("<main")]
    assert 0 < head.index('class="name"') < head.index(FACTS["governing_body"])


def test_the_day_stands_in_the_head_of_every_page(html):
    head = html[html.index('<header class="masthead"') : html.index("<main")]
    assert f'<time datetime="{days.today().isoformat()}">' in head


def test_the_way_past_the_masthead_comes_first(html):
    assert html.index('class="skip"') < html.index('<header class="masthead"')


def test_what_the_law_asks_for_is_called_missing_and_the_rest_is_left_out(stranger):
    html = stranger.get("/ngay/2023/03/22/").content.decode()
    foot = html.split("<footer")[1]
    assert html.count('class="placeholder"') == len(FACTS) + 1  # the governing body stands below the name too
    assert foot.count("<dt>") == len(FACTS)


def test_a_logo_bears_the_name_of_the_newspaper(stranger):
    SiteSettings.objects.create(pk=1, name="Báo Mẫu", logo="2025/01/x/logo.png", logo_width=600, logo_height=120)
    html = stranger.get("/ngay/2023/03/22/").content.decode()
    assert '<img src="/media/2025/01/x/logo.webp" width="600" height="120" alt="Báo Mẫu">' in html


def test_facts_are_words_and_not_html(stranger):
    SiteSettings.objects.create(pk=1, name="<b>Báo", governing_body="<i>x", hotline="<u>y")
    html = stranger.get("/ngay/2023/03/22/").content.decode()
    assert not any(tag in html for tag in ("<b>Báo", "<i>x", "<u>y"))


def test_the_section_one_is_in_is_marked(stranger, newspaper):
    assert 'href="/kinh-te/" aria-current="page"' in stranger.get("/kinh-te/").content.decode()
    assert 'href="/kinh-te/" aria-current="true"' in stranger.get("/nong-nghiep/").content.decode()
    assert 'href="/en/kinh-te/" aria-current="page"' in stranger.get("/en/kinh-te/").content.decode()


def test_the_foot_leads_to_feeds_archive_and_all_sections(stranger, newspaper):
    foot = stranger.get("/ngay/2023/03/22/").content.decode().split("<footer")[1]
    ways = ["/rss/", "/atom/", "/feed.json", "/cai-chinh/", "/kinh-te/", "/nong-nghiep/", "/trang/gioi-thieu/", "/en/"]
    assert [way for way in ways if f'href="{way}"' not in foot] == []
