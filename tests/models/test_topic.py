"""Topics, and the pages and sections that share their rule of slugs."""

import pytest
from django.core.exceptions import ValidationError

from articles.models import StaticPage, Topic
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["đà bắc", "ĐÀ BẮC", "Da Bac", "“Đà Bắc”"])
def test_two_spellings_of_a_name_are_one_topic(name):
    factories.topic("Đà Bắc")
    with pytest.raises(ValidationError) as refused:
        Topic(name=name).full_clean()
    assert "name" in refused.value.message_dict or "slug" in refused.value.message_dict


def test_a_topic_may_be_saved_again_under_its_name():
    factories.topic("Đà Bắc").full_clean()


@pytest.mark.parametrize(("model", "field"), [(Topic, "name"), (StaticPage, "title")])
def test_a_name_that_gives_no_slug_is_refused(model, field):
    with pytest.raises(ValidationError):
        model(**{field: "“”"}).full_clean()


def test_a_page_whose_slug_is_taken_is_refused():
    StaticPage.objects.create(title="Liên hệ")
    with pytest.raises(ValidationError):
        StaticPage(title="LIÊN HỆ").full_clean()


def test_the_featured_topics_stand_in_the_desks_order():
    for name, order in [("Ba", 3), ("Một", 1), ("Hai", 2)]:
        factories.topic(name, is_featured=True, order=order)
    factories.topic("Không", is_featured=False)
    assert [topic.name for topic in Topic.objects.featured()] == ["Một", "Hai", "Ba"]
