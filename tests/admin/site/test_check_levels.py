"""The chief's table: how strictly each check before publication is meant."""

import pytest
from django.contrib.auth.models import Permission

from articles.editorial import checks
from articles.models import CheckLevel, TrailEntry
from tests import base, factories

from ..forms import read

pytestmark = pytest.mark.django_db
URL = "/admin/articles/checklevel/"


def test_the_table_shows_every_check_with_what_it_is_good_for(desk):
    html = desk("chris").get(URL).content.decode()
    for name, check in checks.CHECKS.items():
        assert f'name="all-{name}"' in html
        assert str(check.label) in html.replace("&quot;", '"')
    assert 'name="own-' not in html


def test_what_is_saved_holds_for_all_sections(desk):
    client = desk("chris")
    sent = read(client.get(URL)).values | {"all-byline": "block", "all-photo-alt": "off"}
    page = client.post(URL, sent, follow=True)
    assert dict(CheckLevel.objects.values_list("check_name", "level")) == {"byline": "block", "photo-alt": "off"}
    assert read(page).values["all-byline"] == "block"
    article = factories.draft()
    assert [finding.level for finding in checks.run(article)] == ["block"]


def test_a_section_has_its_own_levels_and_shows_what_it_inherits(desk):
    client, child = desk("chris"), factories.subsection("Nông nghiệp", "Kinh tế")
    address = f"{URL}?section={child.slug}"
    client.post(address, {"all-byline": "off", "own-lede": "warn"})
    assert dict(CheckLevel.objects.values_list("check_name", "category")) == {"byline": None, "lede": child.pk}
    html = client.get(address).content.decode()
    assert "Như Kinh tế: Tắt" in html
    client.post(f"{URL}?section=kinh-te", {"own-byline": "block"})
    assert "Như Kinh tế: Chặn" in client.get(address).content.decode()
    assert "Như mọi chuyên mục: Tắt" in client.get(f"{URL}?section=kinh-te").content.decode()


def test_what_is_set_back_is_inherited_again(desk):
    client = desk("chris")
    client.post(URL, {"all-byline": "block"})
    client.post(URL, {"all-byline": ""})
    assert not CheckLevel.objects.exists()


def test_what_is_not_sent_or_no_level_stays_as_it_is(desk):
    client = desk("chris")
    client.post(URL, {"all-byline": "block"})
    client.post(URL, {"all-lede": "off", "all-byline": "never", "all-weather": "block", "own-title": "off"})
    assert dict(CheckLevel.objects.values_list("check_name", "level")) == {"byline": "block", "lede": "off"}


def test_who_changed_which_level_stands_in_the_trail(desk):
    section = factories.section("Pháp luật")
    desk("chris").post(f"{URL}?section={section.slug}", {"own-byline": "block"})
    entry = TrailEntry.objects.filter(action="settings").get()
    assert (entry.person, entry.changes) == ("chris", {"byline": ["", "block"]})
    assert "Pháp luật" in entry.label
    desk("chris").post(f"{URL}?section={section.slug}", {"own-byline": "block"})
    assert TrailEntry.objects.filter(action="settings").count() == 1


@pytest.mark.parametrize(("name", "status"), [("rita", 403), ("ed", 403), ("sam", 403), ("chris", 200), ("ada", 200)])
def test_only_who_leads_the_paper_sees_and_sets_it(desk, name, status):
    client = desk(name)
    assert client.get(URL).status_code == status
    assert client.post(URL, {"all-byline": "block"}, follow=True).status_code == status
    assert CheckLevel.objects.exists() is (status == 200)
    assert (URL in client.get("/admin/").content.decode()) is (status == 200)


def test_who_may_only_look_changes_nothing(desk):
    rita = base.person("rita")
    rita.user_permissions.add(*_permission("view_checklevel"))
    client = desk("rita")
    html = client.get(URL).content.decode()
    assert (" disabled>" in html, 'type="submit">Lưu' in html) == (True, False)
    assert client.post(URL, {"all-byline": "block"}).status_code == 403


def _permission(codename):
    return Permission.objects.filter(codename=codename)


@pytest.mark.parametrize("slug", ["khong-co", "\0", "x" * 3000, "../"])
def test_an_unknown_section_is_not_found(desk, slug):
    assert desk("chris").get(URL, {"section": slug}).status_code == 404
    assert desk("chris").post(f"{URL}?section=khong-co", {"all-byline": "block"}).status_code == 404


def test_the_table_costs_a_fixed_number_of_queries(desk, django_assert_max_num_queries):
    client, child = desk("chris"), factories.subsection()
    for name in checks.CHECKS:
        CheckLevel.objects.create(category=child, check_name=name, level="off")
    client.get(URL)
    with django_assert_max_num_queries(12):
        client.get(f"{URL}?section={child.slug}")


def test_a_stranger_is_asked_to_sign_in(stranger):
    assert stranger.get(URL).status_code == 302
