"""The settings at the desk: their form, the logo, and the history of what changed."""

import io
import re

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from articles.editorial import masthead
from articles.models import SiteSettings, SiteSettingsVersion
from tests import base, factories
from tests.admin.forms import read

pytestmark = pytest.mark.django_db

URL = "/admin/articles/sitesettings/1/change/"
HISTORY = "/admin/articles/sitesettings/1/history/"


@pytest.fixture
def chris(desk):
    SiteSettings.objects.create(pk=1, name="Báo Mẫu", licence="Số 1")
    return desk("chris")


def send(client, **changes):
    values = read(client.get(URL)).values
    return client.post(URL, {**values, **changes, "_continue": "1"}, follow=True)


def upload(content, name="logo.png"):
    return SimpleUploadedFile(name, content)


def site():
    return SiteSettings.objects.get(pk=1)


def test_every_fact_of_the_masthead_can_be_entered(chris):
    offered = read(chris.get(URL)).values
    assert {field.name for field in SiteSettings._meta.concrete_fields if field.editable} - {"id"} <= set(offered)


def test_a_change_is_saved_and_stands_in_the_history_with_who_and_from_what_to_what(chris):
    send(chris, licence="Số 2")
    html = chris.get(HISTORY).content.decode()
    assert site().licence == "Số 2"
    assert re.search(r"<del>Số 1</del>.*?<ins>Số 2</ins>", html, flags=re.DOTALL)
    assert "chris" in html


def test_a_save_without_a_change_leaves_no_trace_in_the_history(chris):
    send(chris)
    assert not SiteSettingsVersion.objects.exists()


def test_a_refused_form_keeps_every_word_and_changes_nothing(chris):
    response = send(chris, name="x" * 300, licence="Số 2")
    assert response.context["errors"]
    assert read(response).values["licence"] == "Số 2"
    assert (site().name, site().licence) == ("Báo Mẫu", "Số 1")


def test_a_failure_while_the_version_is_written_saves_nothing(chris, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(SiteSettingsVersion.objects, "create", fail)
    changed = site()
    changed.licence = "Số 2"
    with pytest.raises(RuntimeError):
        masthead.save(changed, base.person("chris"))
    assert site().licence == "Số 1"


def test_the_history_is_for_those_who_see_the_settings(desk, chris):
    assert desk("ed").get(HISTORY).status_code == 403
    assert chris.get(HISTORY).status_code == 200


def test_words_in_the_history_are_words_and_not_html(chris):
    send(chris, licence="<b onclick=x>2</b>")
    assert "<b onclick" not in chris.get(HISTORY).content.decode()


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://x.vn/", "không phải"])
def test_an_account_is_an_address_of_the_web(chris, address):
    assert send(chris, facebook=address).context["errors"]


# The logo


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_logo_is_fitted_stored_and_shown(chris, stranger, kind):
    send(chris, upload=upload(factories.picture_bytes(kind, size=(1800, 300))))
    stored = site()
    assert (stored.logo_width, stored.logo_height) == (600, 100)
    assert default_storage.exists(stored.logo)
    assert stored.logo_webp in stranger.get("/ngay/2023/03/22/").content.decode()
    for address in (stored.logo_url, stored.logo_webp):
        response = stranger.get(address)
        base.close_file(response)
        assert response.status_code == 200


def test_a_small_logo_is_not_blown_up(chris):
    send(chris, upload=upload(factories.picture_bytes("PNG", size=(200, 50))))
    assert (site().logo_width, site().logo_height) == (200, 50)


def test_a_logo_keeps_its_transparency_and_nothing_else(chris):
    out, words = io.BytesIO(), PngInfo()
    words.add_text("Comment", "secret")
    Image.new("RGBA", (300, 60), (0, 0, 0, 0)).save(out, "PNG", pnginfo=words)
    send(chris, upload=upload(out.getvalue()))
    with default_storage.open(site().logo) as file:
        data = file.read()
    assert Image.open(io.BytesIO(data)).getpixel((1, 1))[3] == 0
    assert b"secret" not in data


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    "content",
    [SVG, b"GIF89a", b"", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, b"%PDF-1.4", b"x" * (masthead.LOGO_LIMIT + 1)],
)
def test_what_is_no_logo_is_refused_with_a_reason_and_all_words_kept(chris, content):
    response = send(chris, upload=upload(content, "logo.svg"), licence="Số 2")
    assert response.context["adminform"].form.errors["upload"]
    assert read(response).values["licence"] == "Số 2"
    assert not site().logo


def test_a_picture_of_too_many_or_too_few_pixels_is_refused(chris):
    for size in ((5000, 4000), (8, 8)):
        response = send(chris, upload=upload(factories.picture_bytes("PNG", size=size)))
        assert response.context["adminform"].form.errors["upload"]


def test_a_logo_can_be_removed_and_stays_in_the_history(chris):
    send(chris, upload=upload(factories.picture_bytes("PNG")))
    before = site().logo
    send(chris, remove_logo="on")
    assert not site().logo
    assert default_storage.exists(before)
    assert before in chris.get(HISTORY).content.decode()
