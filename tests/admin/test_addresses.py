"""Addresses and forms that no page of ours makes: refused, or shown without what makes no sense, never an error."""

import pytest

from tests import factories

from .forms import ADD_URL, LIST_URL, change_url, read, send

pytestmark = pytest.mark.django_db

NO_NUMBERS = ["abc", "9" * 40, str(2**63), "-1", "１２", "1.5", "\0"]


@pytest.mark.parametrize("value", NO_NUMBERS)
@pytest.mark.parametrize("name", ["category", "photo", "topics", "published_at", "title", "body"])
def test_a_new_article_opens_whatever_its_address_proposes(desk, name, value):
    assert desk("ed").get(ADD_URL, {name: value}).status_code == 200


def test_a_section_that_the_address_proposes_is_chosen(desk):
    section = factories.section()
    assert read(desk("rita").get(ADD_URL, {"category": section.pk})).values["category"] == str(section.pk)


@pytest.mark.parametrize("value", NO_NUMBERS)
@pytest.mark.parametrize("name", ["category", "photo", "links-0-target", "bylines-0-author"])
def test_a_choice_that_is_none_refuses_the_form_and_keeps_every_word(desk, name, value):
    draft = factories.draft()
    rows = {"links-TOTAL_FORMS": "1", "links-0-title": "Liên kết", "bylines-TOTAL_FORMS": "1"}
    response = send(desk("ed"), change_url(draft), title="Vừa gõ", **{**rows, name: value})
    assert response.status_code == 200
    assert response.context["errors"]
    assert read(response).values["title"] == "Vừa gõ"
    assert read(response).values["links-0-title"] == "Liên kết"


@pytest.mark.parametrize("written", ["_2B{}", "{}_0A", "_20{}", "{}_00", "_D9_A1", "9" * 40])
def test_an_article_number_written_another_way_is_no_error(desk, written):
    draft = factories.draft()
    response = desk("ed").get(f"/admin/articles/article/{written.format(draft.pk)}/change/")
    assert response.status_code in {200, 302, 404}


@pytest.mark.parametrize(
    ("path", "name"),
    [
        *(("article", name) for name in ("title__regex", "title__contains", "category__name__regex", "id__exact")),
        *(("photo", name) for name in ("caption__regex", "created_by__password__startswith", "id__in")),
        *(("author", "name__regex"), ("author", "user__id__exact"), ("category", "name__regex")),
        *(("importedsource", "name__regex"), ("importedsource", "article__id__exact")),
    ],
)
@pytest.mark.parametrize("value", ["(", "9" * 40])
def test_a_list_takes_nothing_from_the_address_but_its_own_filters(desk, path, name, value):
    assert desk("chris").get(f"/admin/articles/{path}/", {name: value}).status_code == 400


@pytest.mark.parametrize("lookup", ["published_at__year", "published_at__gte", "updated_at__month"])
def test_a_date_in_the_address_is_asked_through_the_day_filter_only(desk, lookup):
    factories.published()
    assert desk("ed").get(LIST_URL, {lookup: "0"}).status_code == 400
