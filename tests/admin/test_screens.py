"""The menu, the login, and the screens of sections, authors and the site's settings."""

import pytest

from articles.models import Author, Category, SiteSettings
from tests import base, factories

from .forms import ADD_URL, change_url, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indexed")]


def test_the_way_to_a_new_article_is_on_the_dashboard(desk):
    assert 'href="/admin/articles/article/add/"' in desk("rita").get("/admin/").content.decode()


def test_login_and_desk_carry_the_name_of_the_newspaper(desk, stranger):
    SiteSettings.objects.create(pk=1, name="Báo An Lâm")
    assert "Báo An Lâm" in stranger.get("/admin/login/").content.decode()
    assert "Báo An Lâm" in desk("rita").get("/admin/").content.decode()


def test_a_wrong_password_is_refused_and_the_name_kept(stranger):
    base.person("rita")
    response = stranger.post("/admin/login/", {"username": "rita", "password": "sai"})
    assert 'value="rita"' in response.content.decode()
    assert response.context["form"].errors


def test_every_link_of_the_desks_menu_opens(desk):
    for name in ("rita", "ed", "sam", "chris", "phong"):
        client = desk(name)
        menu = client.get("/admin/").content.decode().split('class="desk-menu"')[1].split("</nav>")[0]
        addresses = [part.split('"')[0] for part in menu.split('href="')[1:]]
        assert len(addresses) >= 5
        assert {client.get(address, follow=True).status_code for address in addresses} == {200}


def test_the_menu_keeps_the_days_work_in_front_of_the_rest_that_a_phone_folds_away(desk):
    menu = desk("chris").get("/admin/").content.decode().split('class="desk-menu"')[1].split("</nav>")[0]
    first, rest = menu.split('id="menu-switch"')
    assert [first.count("<a "), "/admin/articles/assignment/" in first] == [4, True]
    assert rest.count("<a ") >= 12


def test_the_desk_speaks_vietnamese_where_djangos_own_words_do_not(desk):
    topics = desk("chris").get("/admin/articles/topic/").content.decode()
    photo = desk("chris").get(f"/admin/articles/photo/{factories.photo().pk}/change/").content.decode()
    article = desk("chris").get("/admin/articles/article/add/").content.decode()
    assert "Thêm chủ đề" in topics
    assert "Thêm vào" not in topics
    assert "Sửa ảnh" in photo
    assert "View selected" not in article


def test_each_section_is_followed_by_its_sub_sections(desk):
    for order, name in enumerate(["Văn hóa", "Kinh tế"]):
        top = Category.objects.create(name=name, order=order)
        for place, child in enumerate(["B", "A"]):
            Category.objects.create(name=f"{name} {child}", parent=top, order=place)
    listed = desk("chris").get("/admin/articles/category/").context["cl"].result_list
    assert [category.name for category in listed] == [
        *("Văn hóa", "Văn hóa B", "Văn hóa A"),
        *("Kinh tế", "Kinh tế B", "Kinh tế A"),
    ]


def test_a_section_under_a_sub_section_or_of_a_reserved_name_is_refused(desk):
    child = factories.section("Con", parent=factories.section("Cha"))
    for data in ({"name": "Cháu", "parent": child.pk}, {"name": "Tìm kiếm", "slug": "tim-kiem"}):
        response = desk("chris").post("/admin/articles/category/add/", {"order": "0", **data})
        assert response.context["errors"]
        assert read(response).values["name"] == data["name"]
    assert Category.objects.count() == 2


def test_a_section_with_articles_is_not_deleted(desk):
    section = factories.section()
    factories.draft(category=section)
    desk("chris").post(f"/admin/articles/category/{section.pk}/delete/", {"post": "yes"})
    assert Category.objects.filter(pk=section.pk).exists()


@pytest.mark.parametrize("path", ["author", "category"])
@pytest.mark.parametrize("typed", ["Đặng", "dang", "ĐẶNG QUỐC"])
def test_authors_and_sections_are_found_without_diacritics(desk, path, typed):
    for name in ("Đặng Quốc Trung", "Hà Thu"):
        factories.author(name)
        factories.section(name)
    listed = desk("chris").get(f"/admin/articles/{path}/", {"q": typed}).context["cl"].result_list
    assert [found.name for found in listed] == ["Đặng Quốc Trung"]


def test_an_authors_account_is_chosen_among_the_people_of_the_desk(desk):
    base.person("rita")
    leaver = base.person("ed")
    leaver.is_active = False
    leaver.save()
    author = Author.objects.create(name="Hà Thu")
    html = desk("chris").get(f"/admin/articles/author/{author.pk}/change/").content.decode()
    assert "(rita)" in html
    assert "(ed)" not in html


def test_the_settings_open_at_once_and_are_one_row(desk):
    client = desk("chris")
    response = client.get("/admin/articles/sitesettings/", follow=True)
    assert "governing_body" in read(response).values
    assert client.get("/admin/articles/sitesettings/add/").status_code == 403
    assert client.post("/admin/articles/sitesettings/1/delete/", {"post": "yes"}).status_code == 403


def test_what_the_chief_enters_is_on_the_newspapers_pages(desk, stranger):
    client = desk("chris")
    page = client.get("/admin/articles/sitesettings/", follow=True)
    values = read(page).values | {"governing_body": "Cơ quan thử nghiệm", "_save": "1"}
    client.post("/admin/articles/sitesettings/1/change/", values)
    assert "Cơ quan thử nghiệm" in stranger.get("/").content.decode()


@pytest.mark.parametrize("path", ["article", "photo", "category", "author", "importedsource"])
@pytest.mark.parametrize(
    "query", [{"slug__contains": "\0"}, {"q": "\0"}, {"id__exact": "9" * 40}, {"p": "x"}, {"o": "9.-8"}]
)
def test_no_list_breaks_on_a_hostile_address(desk, path, query):
    assert desk("chris").get(f"/admin/articles/{path}/", query).status_code in {200, 302, 400}


# What a page of the desk may run


@pytest.mark.parametrize(
    "path",
    [
        *("", "login/", "password_change/", "articles/article/", "articles/article/1/history/", "articles/photo/"),
        *(
            "articles/photo/add/",
            "articles/photo/pick/",
            "articles/category/add/",
            "articles/author/add/",
            "no-such/page/",
        ),
    ],
)
def test_nothing_inline_runs_at_the_desk(desk, path):
    policy = desk("chris").get(f"/admin/{path}")["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_only_the_pages_with_the_editor_allow_what_it_needs_and_no_eval(desk):
    for url in (ADD_URL, change_url(factories.draft())):
        policy = desk("ed").get(url)["Content-Security-Policy"]
        assert "script-src 'self'; script-src-attr 'unsafe-inline';" in policy
        assert "unsafe-eval" not in policy
        assert "object-src 'none'" in policy
