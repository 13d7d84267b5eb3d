import pytest

from articles.editorial import checks
from articles.editorial.checks import levels
from articles.models import CheckLevel
from tests import base, factories
from tests.editorial.checks.looking import one

pytestmark = pytest.mark.django_db


def level(value, category=None, name="byline"):
    CheckLevel.objects.create(category=category, check_name=name, level=value)


def in_force(category=None, name="byline"):
    return levels.in_force(category and category.pk)[name]


def test_a_check_has_the_level_it_was_delivered_with():
    assert (in_force(), in_force(factories.section())) == ("warn", "warn")


def test_all_sections_yield_to_the_parent_and_the_parent_to_the_section():
    child, parent, other = factories.subsection(), factories.section("Kinh tế"), factories.section("Xã hội")
    level("block")
    assert in_force(child) == "block"
    level("off", parent)
    assert [in_force(section) for section in (child, parent, other)] == ["off", "off", "block"]
    level("warn", child)
    assert [in_force(section) for section in (child, parent, other)] == ["warn", "off", "block"]


def test_a_sister_section_does_not_count():
    level("off", factories.subsection("Công nghiệp"))
    assert in_force(factories.subsection("Nông nghiệp")) == "warn"


def test_the_section_of_the_document_decides_and_not_of_the_row():
    strict = factories.section("Pháp luật")
    level("block", strict)
    article = factories.complete()
    assert not one("byline", article, bylines=[]).blocks
    assert one("byline", article, bylines=[], category=strict.pk).blocks


def test_what_is_off_is_neither_looked_for_nor_said(django_assert_num_queries):
    article = factories.draft()
    for name in checks.CHECKS:
        level("off", name=name)
    with django_assert_num_queries(1):
        assert checks.run(article, {"category": article.category_id}) == []


def test_the_level_of_a_check_that_is_gone_harms_nobody():
    level("block", name="weather")
    assert "weather" not in levels.in_force(None)


def test_levels_are_one_query(django_assert_num_queries):
    section = factories.subsection()
    level("block")
    level("off", section)
    with django_assert_num_queries(1):
        levels.in_force(section.pk)


def test_what_is_set_can_be_taken_back():
    chris, section = base.person("chris"), factories.section()
    assert levels.save(chris, section, {"byline": "block", "lede": ""}) == {"byline": ["", "block"]}
    assert levels.stored(section) == {"byline": "block"}
    assert levels.save(chris, section, {"byline": "block"}) == {}
    assert levels.save(chris, section, {"byline": ""}) == {"byline": ["block", ""]}
    assert levels.stored(section) == {}


def test_every_name_fits_its_column_and_every_check_says_what_it_is_good_for():
    for name, check in checks.CHECKS.items():
        assert len(name) <= CheckLevel._meta.get_field("check_name").max_length
        assert str(check.label)
        assert str(check.why)
    assert len(checks.CHECKS) == sum(len(group) for _title, group in checks.GROUPS)
