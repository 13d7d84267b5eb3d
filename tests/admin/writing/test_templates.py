"""Templates of routine pieces."""

import pytest

from articles.models import StoryTemplate
from tests import factories
from tests.admin.forms import ADD_URL, read, send

pytestmark = pytest.mark.django_db

SCREEN = "/admin/articles/storytemplate/"


def weather(**fields):
    words = {
        "name": "Thời tiết", "title": "Thời tiết {thứ}, {ngày}", "lede": "Dự báo {ngày}.", "genre": "notes",
        "body": "<p>Nhiệt độ tháng {tháng}:</p>", "category": factories.section("Xã hội"),
    }  # fmt: skip
    return StoryTemplate.objects.create(**{**words, **fields})


def test_a_new_article_begins_with_the_template_filled_in_for_today(desk, clock):
    clock(factories.at("2026-11-28 23:30"))
    template = weather()
    values = read(desk("rita").get(ADD_URL, {"template": template.pk})).values
    assert values["title"] == "Thời tiết Thứ bảy, 28/11/2026"
    assert values["lede"] == "Dự báo 28/11/2026."
    assert values["body"] == "<p>Nhiệt độ tháng 11/2026:</p>"
    assert (values["genre"], values["category"]) == ("notes", str(template.category_id))


def test_the_page_of_a_new_article_offers_the_templates_and_the_first_word_goes_to_none(desk):
    weather()
    response = desk("rita").get(ADD_URL)
    assert "Thời tiết" in response.content.decode()
    assert read(response).values["title"] == ""


@pytest.mark.parametrize("chosen", ["", "0", "abc", "-1", "9" * 40, "\0"])
def test_a_template_that_does_not_exist_is_an_empty_form(desk, chosen):
    response = desk("rita").get(ADD_URL, {"template": chosen})
    assert read(response).values["title"] == ""


def test_an_editor_keeps_the_templates_a_reporter_only_uses_them(desk):
    assert send(desk("ed"), f"{SCREEN}add/", name="Giá cam", title="Giá cam {ngày}", press="_save").status_code == 200
    template = StoryTemplate.objects.get()
    assert (template.name, template.title) == ("Giá cam", "Giá cam {ngày}")
    assert desk("rita").get(f"{SCREEN}add/").status_code == 403
    assert desk("rita").post(f"{SCREEN}{template.pk}/change/", {"name": "x"}).status_code == 403
    assert desk("rita").post(f"{SCREEN}{template.pk}/delete/", {"post": "yes"}).status_code == 403
    assert desk("phong").get(SCREEN).status_code == 403


def test_the_list_and_the_form_of_templates_open(desk):
    template = weather()
    for path in (SCREEN, f"{SCREEN}{template.pk}/change/"):
        assert desk("ed").get(path).status_code == 200


def test_hostile_html_of_a_template_is_cleaned(desk):
    send(desk("ed"), f"{SCREEN}add/", name="x", body="<p onclick=a()>Tin<script>1</script></p>", press="_save")
    assert StoryTemplate.objects.get().body == "<p>Tin</p>"
