"""The site's settings: what every page shows, in one query, and what the settings said at a past moment."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.editorial import masthead
from articles.models import Category, SiteSettings, SiteSettingsVersion, StaticPage, load_chrome
from tests import base, factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [0, 1, 30])
def test_settings_sections_and_pages_come_in_one_query(django_assert_num_queries, count):
    for number in range(count):
        Category.objects.create(name=f"Mục {number}")
        StaticPage.objects.create(title=f"Trang {number}")
    with django_assert_num_queries(1):
        site, sections = load_chrome()
        assert (len(sections.all), len(site.pages)) == (count, count)
        assert [str(page) for page in (site, *site.pages)]


def test_what_comes_packed_is_what_is_stored():
    child = factories.subsection("Nông nghiệp", "Kinh tế")
    Category.objects.filter(pk=child.pk).update(has_comments=True, order=7, english_name="Farming")
    stored = SiteSettings.objects.create(pk=1, name="Báo “An Lâm” \\ 'x'", licence="Số 1/GP", logo_width=600)
    site, sections = load_chrome()
    found = sections.by_slug["nong-nghiep"]
    assert masthead.values_of(site) == masthead.values_of(stored)
    assert (found.pk, found.parent_id, found.order, found.english_name) == (child.pk, child.parent_id, 7, "Farming")
    assert found == child
    assert found.has_comments


def test_without_settings_and_sections_there_is_an_empty_masthead():
    site, sections = load_chrome()
    assert (site.pk, site.governing_body, sections.all, site.pages) == (1, "", [], [])


def test_sections_stand_as_a_tree():
    factories.subsection("Nông nghiệp", "Kinh tế")
    factories.section("Xã hội")
    tree = [(top.name, [child.name for child in children]) for top, children in load_chrome()[1].tree]
    assert tree == [("Kinh tế", ["Nông nghiệp"]), ("Xã hội", [])]


# History


def save(**values):
    site = SiteSettings.load()
    for name, value in values.items():
        setattr(site, name, value)
    masthead.save(site, base.person("chris"))


def test_a_save_that_changes_something_writes_a_version_with_who_and_what():
    SiteSettings.objects.create(pk=1, licence="Số 1")
    save(licence="Số 2")
    version = SiteSettingsVersion.objects.first()
    assert (version.values["licence"], version.saved_by) == ("Số 2", base.person("chris"))


def test_a_save_that_changes_nothing_writes_none():
    SiteSettings.objects.create(pk=1, licence="Số 1")
    save(licence="Số 1")
    assert not SiteSettingsVersion.objects.exists()


def test_the_first_save_keeps_what_it_found():
    SiteSettings.objects.create(pk=1, licence="Số 1")
    save(licence="Số 2")
    save(licence="Số 3")
    assert [version.values["licence"] for version in SiteSettingsVersion.objects.all()] == ["Số 3", "Số 2", "Số 1"]


def test_what_the_masthead_said_at_a_past_moment_can_be_read(clock):
    now = timezone.now()
    SiteSettings.objects.create(pk=1, editor_in_chief="Người thứ nhất")
    clock(now - timedelta(days=20))
    save(editor_in_chief="Người thứ hai")
    clock(now - timedelta(days=10))
    save(editor_in_chief="Người thứ ba")
    said = [SiteSettingsVersion.objects.at(now - timedelta(days=day)).values["editor_in_chief"] for day in (30, 15, 5)]
    assert said == ["Người thứ nhất", "Người thứ hai", "Người thứ ba"]


def test_before_anything_was_saved_nothing_is_known():
    assert SiteSettingsVersion.objects.at(timezone.now()) is None


def test_the_history_says_from_what_to_what():
    SiteSettings.objects.create(pk=1, licence="Số 1", phone="0218")
    save(licence="Số 2")
    ((_version, changes),) = masthead.history()
    assert [(before, after) for _label, before, after in changes] == [("Số 1", "Số 2")]


def test_a_field_that_an_old_version_did_not_have_was_empty_then():
    SiteSettingsVersion.objects.create(values={"name": "Báo Mẫu"})
    save(hotline="0900")
    changed = masthead.history()[0][1]
    assert ("", "0900") in [(before, after) for _label, before, after in changed]
