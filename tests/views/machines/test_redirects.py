"""Old addresses: of sections, authors, topics and pages that moved, and of the site the archive was imported from."""

import hashlib

import pytest

from articles.models import ImportedSource, Redirect, StaticPage
from tests import factories

pytestmark = pytest.mark.django_db

OLD = "http://baohoabinh.com.vn/11/158663/Doi-moi-cong-tac-giao-duc.htm"


def imported(article, url=OLD):
    return ImportedSource.objects.create(
        article=article, url=url, name="a.htm", sha256=hashlib.sha256(url.encode()).hexdigest(), content=b"x"
    )


def renamed(noun, slug):
    noun.slug = slug
    noun.save()
    return noun


@pytest.mark.parametrize(
    "address",
    [
        "/11/158663/Doi-moi-cong-tac-giao-duc.htm",
        "/11/158663/doi-moi-cong-tac-giao-duc.HTM?utm_source=zalo",
        "/299/158663/Cao-Ph111ng-ec111nomic.htm",
        "/11/158663/.html",
    ],
)
def test_an_address_of_the_old_site_leads_to_its_article_by_the_number_alone(stranger, address):
    article = factories.published()
    imported(article)
    response = stranger.get(address)
    assert (response.status_code, response["Location"]) == (301, article.get_absolute_url())
    assert stranger.get(response["Location"]).status_code == 200


@pytest.mark.parametrize(
    "address", ["/11/158664/a.htm", "/en/11/158663/a.htm", "/158663/a.htm", "/11/158663/a/b.htm", "/11/158663/a.php"]
)
def test_another_number_or_another_kind_of_address_leads_nowhere(stranger, address):
    imported(factories.published())
    assert stranger.get(address).status_code == 404


def test_any_other_old_path_leads_to_its_article_whatever_its_case(stranger):
    article = factories.published()
    imported(article, "https://cu.example/Tin-tuc/Bai-Viet_12.aspx")
    assert stranger.get("/tin-tuc/bai-viet_12.aspx")["Location"] == article.get_absolute_url()


def test_an_old_address_that_only_its_query_tells_apart_is_not_guessed_at(stranger):
    imported(factories.published(), "https://cu.example/print.aspx?id=12")
    assert stranger.get("/print.aspx?id=13").status_code == 404


def test_the_old_address_of_a_draft_tells_nothing(stranger):
    imported(factories.draft(title="Bí mật"))
    assert stranger.get("/11/158663/a.htm").status_code == 404


def test_the_old_address_of_a_withdrawn_story_says_that_it_is_gone(stranger):
    imported(factories.withdrawn())
    assert stranger.get("/11/158663/a.htm", follow=True).status_code == 410


def test_the_first_article_of_an_old_address_keeps_it(stranger):
    first = factories.published()
    for article in (first, factories.published()):
        imported(article, f"{OLD}#{article.pk}")
    assert stranger.get("/11/158663/a.htm")["Location"] == first.get_absolute_url()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/kinh-te/", "/kinh-te-moi/"),
        ("/kinh-te", "/kinh-te-moi/"),
        ("/KINH-TE/", "/kinh-te-moi/"),
        ("/kinh-te/rss/", "/kinh-te-moi/rss/"),
        ("/kinh-te/feed.json", "/kinh-te-moi/feed.json"),
        ("/kinh-te/ngay/2023/03/22/", "/kinh-te-moi/ngay/2023/03/22/"),
        ("/kinh-te/ngay/2023/03/22/atom/", "/kinh-te-moi/ngay/2023/03/22/atom/"),
    ],
)
def test_a_section_that_got_another_slug_is_found_under_the_old_one(stranger, old, new):
    renamed(factories.section("Kinh tế"), "kinh-te-moi")
    response = stranger.get(old)
    assert (response.status_code, response["Location"]) == (301, new)
    assert stranger.get(new).status_code == 200


def test_authors_topics_and_pages_move_likewise(stranger):
    renamed(factories.author("Hà Thu"), "ha-thu-moi")
    renamed(factories.topic("Thủy điện"), "dien")
    renamed(StaticPage.objects.create(title="Giới thiệu"), "toa-soan")
    assert stranger.get("/tac-gia/ha-thu/")["Location"] == "/tac-gia/ha-thu-moi/"
    assert stranger.get("/chu-de/thuy-dien/feed.json")["Location"] == "/chu-de/dien/feed.json"
    assert stranger.get("/trang/gioi-thieu/")["Location"] == "/trang/toa-soan/"


def test_a_slug_changed_twice_is_one_step_away(stranger):
    section = renamed(renamed(factories.section("Kinh tế"), "hai"), "ba")
    assert stranger.get("/kinh-te/")["Location"] == stranger.get("/hai/")["Location"] == section.get_absolute_url()


def test_a_slug_changed_back_leaves_no_loop(stranger):
    renamed(renamed(factories.section("Kinh tế"), "hai"), "kinh-te")
    assert stranger.get("/kinh-te/").status_code == 200
    assert stranger.get("/hai/")["Location"] == "/kinh-te/"
    assert Redirect.objects.count() == 1


def test_saving_without_a_new_slug_writes_nothing():
    section = factories.section("Kinh tế")
    section.name = "Kinh tế - Xã hội"
    section.save()
    assert not Redirect.objects.exists()


def test_an_address_of_the_desk_leads_where_the_desk_said(stranger):
    Redirect.objects.create(path="/Lien-He.html/", target="/trang/lien-he/")
    response = stranger.get("/lien-he.html?x=1")
    assert (response.status_code, response["Location"]) == (301, "/trang/lien-he/")


@pytest.mark.parametrize(
    "target", ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_no_old_address_leads_to_another_site(stranger, target):
    Redirect.objects.create(path="/cu", target=target)
    assert stranger.get("/cu").status_code == 404


def test_old_addresses_that_lead_to_each_other_are_no_loop(stranger):
    Redirect.objects.create(path="/mot", target="/hai/")
    Redirect.objects.create(path="/hai", target="/MOT/")
    Redirect.objects.create(path="/ba", target="/ba/")
    assert [stranger.get(address).status_code for address in ("/mot", "/hai/", "/ba")] == [404, 404, 404]


def test_a_page_that_exists_is_stronger_than_an_old_address(stranger):
    factories.section("Kinh tế")
    Redirect.objects.create(path="/kinh-te", target="/")
    assert stranger.get("/kinh-te/").status_code == 200


def test_only_reading_is_redirected(stranger):
    Redirect.objects.create(path="/cu", target="/")
    assert stranger.head("/cu").status_code == 301
    assert stranger.post("/cu").status_code == 404


def test_an_unknown_address_costs_one_query_more_and_an_old_one_no_page(stranger, django_assert_num_queries):
    Redirect.objects.create(path="/cu", target="/")
    imported(factories.published())
    with django_assert_num_queries(2):
        stranger.get("/khong-co-trang-nay/")
    with django_assert_num_queries(2):  # the sections, for the missing slash
        stranger.get("/cu")
    with django_assert_num_queries(1):
        stranger.get("/11/158663/a.htm")


@pytest.mark.parametrize(
    "address", ["/%00", "/%ff%fe", "/" + "a" * 5000, "/11/" + "9" * 400 + "/a.htm", "/%ED%A0%80/a"]
)
def test_hostile_paths_are_just_not_there(stranger, address):
    assert stranger.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/ngay", "/kinh-te", "/rss", "/kinh-te/ngay/2023/03/22", "/kinh-te?q=1"])
def test_a_missing_slash_is_put_there_in_one_step(stranger, address):
    factories.section("Kinh tế")
    path, mark, query = address.partition("?")
    response = stranger.get(address)
    assert (response.status_code, response["Location"]) == (301, f"{path}/{mark}{query}")


@pytest.mark.parametrize("address", ["/khong-co-trang-nay", "/khong/co", "/%2fevil.example"])
def test_what_is_not_there_is_not_there_at_once(stranger, address):
    assert stranger.get(address).status_code == 404
