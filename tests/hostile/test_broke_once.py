"""What the words in this folder broke when they were tried first."""

import pytest

from articles.models import Photo

from . import forms, words

pytestmark = pytest.mark.django_db


def sent(site, asker, address, **changes):
    """The answer to the form of an address, some of its boxes filled in otherwise."""
    found = forms.of(asker.ask(site.desk, "GET", address))
    form = next(form for form in found if set(changes) <= set(form.fields))
    values = [(name, value) for name, value in form.form_values() if name not in changes]
    answer = asker.ask(site.desk, "POST", address, words.encoded([*values, *changes.items()]))
    asker.report()
    return answer


@pytest.mark.parametrize("moment", ["0001-01-01T00:00", "9999-12-31T23:59", "1799-12-31T23:59"])
def test_a_year_that_not_every_time_zone_has_is_refused_with_words_and_kept(site, asker, moment):
    photo = site.world.objects["photo"]
    answer = sent(site, asker, f"/admin/articles/photo/{photo.pk}/change/", taken_at=moment)
    assert answer.status_code == 200
    assert "Nhập năm từ 1800 đến 2999." in answer.content.decode()
    assert Photo.objects.get(pk=photo.pk).taken_at is None


def test_a_role_whose_number_no_table_holds_is_none_of_the_choices(site, asker):
    answer = sent(site, asker, "/admin/auth/user/add/", username="moi", groups="9" * 19)
    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode()


@pytest.mark.parametrize("rows", ["links", "gallery", "live_updates", "attachments"])
def test_a_form_that_claims_a_million_rows_is_refused_at_once(site, asker, rows):
    address = f"/admin/articles/article/{site.world.objects['article'].pk}/change/"
    answer = sent(site, asker, address, **{f"{rows}-TOTAL_FORMS": "999999"})
    assert answer.status_code == 200
    assert answer.content.decode().count(f'name="{rows}-') < 250 * 12


@pytest.mark.parametrize("verb", ["change", "delete"])
@pytest.mark.parametrize("screen", ["photo", "author", "article", "user"])
def test_an_address_that_names_a_field_without_a_name_is_refused(site, asker, screen, verb):
    app = "auth" if screen == "user" else "articles"
    address = f"/admin/{app}/{screen}/{site.world.objects[screen].pk}/{verb}/"
    assert asker.ask(site.desk, "GET", f"{address}?_to_field=").status_code == 400
    assert asker.ask(site.desk, "POST", address, "_to_field=").status_code == 400
    asker.report()


@pytest.mark.parametrize("screen", ["author", "topic", "category", "staticpage"])
def test_a_form_that_comes_back_with_an_emptied_slug_is_shown(site, asker, screen):
    address = f"/admin/articles/{screen}/{site.world.objects[screen].pk}/change/"
    assert asker.ask(site.desk, "POST", address, "").status_code == 200
    asker.report()


@pytest.mark.parametrize("screen", ["topic", "category", "staticpage", "storytemplate"])
@pytest.mark.parametrize(
    ("key", "known"), [("{{7*7}}", "1"), ("999999", "1"), ("9" * 19, "1"), ("", "1"), ("own", "x")]
)
def test_a_row_that_is_in_the_list_no_more_is_said_and_nothing_is_saved(site, asker, screen, key, known):
    address, key = f"/admin/articles/{screen}/", key.replace("own", str(site.world.objects[screen].pk))
    rows = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": known, "form-0-id": key, "form-0-order": "1", "_save": "1"}
    answer = asker.ask(site.desk, "POST", address, words.encoded(rows.items()))
    asker.report()
    assert (answer.status_code, answer.headers["Location"]) == (302, address)
