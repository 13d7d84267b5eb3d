"""Topics at the desk."""

import pytest

from articles.models import Topic
from tests import factories
from tests.admin.forms import read, send

pytestmark = pytest.mark.django_db

URL = "/admin/articles/topic/"


def test_an_editor_makes_a_topic_and_readers_find_it(desk, stranger):
    send(desk("ed"), f"{URL}add/", name="Nông thôn mới", description="Mười chín tiêu chí.")
    assert stranger.get("/chu-de/nong-thon-moi/").status_code == 404  # nothing was published on it
    factories.published().topics.add(Topic.objects.get())
    assert "Mười chín tiêu chí." in stranger.get("/chu-de/nong-thon-moi/").content.decode()


def test_a_second_topic_of_the_same_name_is_refused_and_keeps_its_words(desk):
    factories.topic("Đà Bắc")
    response = send(desk("ed"), f"{URL}add/", name="đà bắc", slug="khac", description="Dài.")
    assert response.context["errors"]
    assert read(response).values["description"] == "Dài."
    assert Topic.objects.count() == 1


def test_the_front_pages_topics_are_arranged_in_the_list(desk):
    topic = factories.topic("Đà Bắc")
    client = desk("ed")
    values = read_list(client.get(URL))
    client.post(URL, {**values, "form-0-is_featured": "on", "form-0-order": "4", "_save": "1"})
    topic.refresh_from_db()
    assert (topic.is_featured, topic.order) == (True, 4)


def read_list(response):
    formset = response.context["cl"].formset
    values = {f"{formset.prefix}-{name}": value for name, value in formset.management_form.initial.items()}
    return values | {f"{formset.prefix}-0-id": formset.forms[0].instance.pk}


@pytest.mark.parametrize("typed", ["Đà Bắc", "da bac", "BẮC"])
def test_a_topic_is_found_with_and_without_diacritics(desk, typed):
    factories.topic("Đà Bắc")
    factories.topic("Nông thôn mới")
    listed = desk("ed").get(URL, {"q": typed}).context["cl"].result_list
    assert [topic.name for topic in listed] == ["Đà Bắc"]


def test_a_reporter_reads_topics_and_changes_none(desk):
    topic = factories.topic("Đà Bắc")
    client = desk("rita")
    assert client.get(URL).status_code == 200
    assert client.get(f"{URL}add/").status_code == 403
    assert client.post(f"{URL}{topic.pk}/change/", {"name": "Khác"}).status_code == 403
