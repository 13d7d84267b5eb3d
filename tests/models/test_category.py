import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import get_resolver

from articles.models import RESERVED_SLUGS, Category, Sections, SiteSettings, load_chrome
from tests import factories

pytestmark = pytest.mark.django_db


def test_the_slug_is_made_from_the_name():
    assert factories.section("Nông nghiệp - Nông thôn mới").slug == "nong-nghiep-nong-thon-moi"


@pytest.mark.parametrize("slug", [*RESERVED_SLUGS, ""])
def test_the_database_takes_no_section_on_an_address_of_the_site(slug):
    with pytest.raises(IntegrityError), transaction.atomic():
        Category.objects.bulk_create([Category(name="Mục", slug=slug)])


def test_no_update_moves_a_section_onto_an_address_of_the_site():
    section = factories.section()
    with pytest.raises(IntegrityError), transaction.atomic():
        Category.objects.filter(pk=section.pk).update(slug="ngay")


def test_the_first_word_of_every_address_of_the_site_is_reserved():
    words = set()
    for route in get_resolver().url_patterns:
        for pattern in getattr(route, "url_patterns", []) if str(route.pattern) == "" else [route]:
            words.add(str(pattern.pattern).split("/")[0].split(".")[0])
    own = {word for word in words if word and not word.startswith(("<", "^"))}
    assert own >= {"admin", "ngay", "cai-chinh", "tim-kiem"}
    assert own <= set(RESERVED_SLUGS)


def test_a_section_is_not_its_own_parent():
    section = factories.section()
    with pytest.raises(IntegrityError), transaction.atomic():
        Category.objects.filter(pk=section.pk).update(parent=section.pk)


def test_two_sections_have_two_slugs():
    factories.section("Kinh tế")
    with pytest.raises(IntegrityError), transaction.atomic():
        Category.objects.create(name="Kinh tế", slug="kinh-te")


def test_a_third_level_is_refused():
    child = factories.subsection()
    with pytest.raises(ValidationError) as caught:
        Category(name="Lúa", parent=child).full_clean()
    assert "parent" in caught.value.message_dict


def test_a_section_with_children_cannot_become_a_child():
    child, other = factories.subsection(), factories.section("Xã hội")
    child.parent.parent = other
    with pytest.raises(ValidationError) as caught:
        child.parent.full_clean()
    assert "parent" in caught.value.message_dict


def test_a_name_that_gives_no_slug_asks_for_one():
    with pytest.raises(ValidationError) as caught:
        Category(name="日本").full_clean()
    assert "slug" in caught.value.message_dict


def test_sections_of_one_rank_stand_in_vietnamese_order():
    names = ["Y tế", "Đời sống", "Du lịch", "Ẩm thực"]
    sections = Sections([factories.section(name) for name in names])
    assert [section.name for section in sections.all] == ["Ẩm thực", "Du lịch", "Đời sống", "Y tế"]


def test_the_order_given_by_the_desk_comes_before_the_alphabet():
    late, early = factories.section("An ninh", order=2), factories.section("Xã hội", order=1)
    assert Sections([late, early]).all == [early, late]


def test_a_family_is_the_section_and_its_children():
    child = factories.subsection()
    factories.section("Xã hội")
    sections = load_chrome()[1]
    assert set(sections.family(child.parent)) == {child.pk, child.parent_id}
    assert sections.family(child) == [child.pk]
    assert sections.top(child) == child.parent


def test_the_masthead_and_the_sections_come_in_one_query(django_assert_num_queries):
    SiteSettings.objects.create(pk=1, name="Báo Hòa Bình")
    child = factories.subsection()
    with django_assert_num_queries(1):
        site, sections = load_chrome()
    assert (site.name, sections.by_slug[child.slug]) == ("Báo Hòa Bình", child)


def test_a_site_without_settings_or_sections_has_its_defaults():
    assert load_chrome()[0].name
    factories.section()
    assert load_chrome()[0].name


def test_there_is_one_row_of_site_settings():
    SiteSettings.objects.create(pk=1, name="Báo")
    with pytest.raises(IntegrityError), transaction.atomic():
        SiteSettings.objects.create(name="Báo khác", pk=2)
