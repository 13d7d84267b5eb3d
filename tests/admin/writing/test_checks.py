"""What the checks say on the form and on the page of a step."""

import pytest

from articles.models import State
from tests import factories

from ..forms import change_url, read, send

pytestmark = pytest.mark.django_db


def step_url(article, verb="publish"):
    return f"/admin/articles/article/{article.pk}/step/{verb}/"


def test_the_form_names_what_stands_in_the_way_and_leads_to_its_box(desk):
    article = factories.draft(lede="", ai_use="")
    html = desk("chris").get(change_url(article)).content.decode()
    for box in ("id_lede", "id_ai_use", "bylines-group"):
        assert 'class="checks"' in html
        assert f'<a href="#{box}">' in html
        assert f'id="{box}"' in html


def test_every_finding_leads_to_a_box_that_is_there(desk):
    article = factories.draft(
        title="", lede="", body="", category=None, ai_use="", genre="interview",
        embargo_until=factories.at("2199-01-01 08:00"), photo=factories.photo_without_files(caption=""),
    )  # fmt: skip
    factories.link(article, factories.draft())
    factories.gallery(article, 1)
    html = desk("chris").get(change_url(article)).content.decode()
    anchors = [part.split('"')[0] for part in html.split('<a href="#')[1:] if "check" not in part.split('"')[0]]
    found = [anchor for anchor in anchors if anchor.startswith("id_") or anchor.endswith("-group")]
    assert len(found) >= 8
    assert [anchor for anchor in found if f'id="{anchor}"' not in html] == []


def test_a_complete_article_shows_no_findings(desk):
    assert 'class="checks"' not in desk("chris").get(change_url(factories.complete())).content.decode()


def test_a_warning_asks_for_its_reason_on_the_way_to_publication(desk):
    article, client = factories.draft(), desk("chris")
    page = send(client, change_url(article), press="_publish")
    assert page.request["PATH_INFO"] == step_url(article)
    assert list(name for name in read(page).values if name.startswith("override-")) == ["override-byline"]
    client.post(step_url(article), {"override-byline": "Tin của tòa soạn"})
    article.refresh_from_db()
    assert article.state == State.PUBLISHED
    assert article.transitions.first().overrides == [{"check": "byline", "reason": "Tin của tòa soạn"}]


def test_a_refused_step_keeps_the_reasons_that_were_typed(desk):
    photo = factories.photo_without_files(credit="Bùi Minh")
    article = factories.draft(photo=photo)
    page = desk("chris").post(
        step_url(article), {"override-byline": "Tin của <b>tòa soạn</b>", "override-photo-alt": " "}
    )
    article.refresh_from_db()
    assert article.state == State.DRAFT
    values = read(page).values
    assert (values["override-byline"], values["override-photo-alt"]) == ("Tin của <b>tòa soạn</b>", "")


def test_what_blocks_has_no_box_for_a_reason_and_a_way_to_mend_it(desk):
    article, client = factories.complete(ai_use=""), desk("chris")
    page = client.post(step_url(article), {"override-ai-use": "Gấp lắm"})
    article.refresh_from_db()
    html = page.content.decode()
    assert article.state == State.DRAFT
    assert 'name="override-ai-use"' not in html
    assert f'<a href="{change_url(article)}#id_ai_use">' in html


def test_what_a_note_or_a_link_says_is_escaped(desk):
    article = factories.complete(body='<p><a href="/x&lt;script&gt;alert(1)/y/z/">a</a></p>')
    html = desk("chris").get(change_url(article)).content.decode()
    assert "<script>alert(1)" not in html


def test_nobody_outside_is_asked_when_a_form_is_opened_and_only_where_it_is_allowed(desk, settings, monkeypatch):
    asked = []
    monkeypatch.setattr("articles.editorial.checks.outside.is_dead", lambda address: asked.append(address) or True)
    article = factories.complete(body='<p><a href="https://example.vn/mat-trang">a</a></p>')
    client = desk("chris")
    client.post(step_url(factories.complete(body=article.body)))
    assert asked == []
    settings.CHECK_LINKS = True
    client.get(change_url(article))
    assert asked == []
    page = send(client, change_url(article), press="_publish")
    assert asked == ["https://example.vn/mat-trang"]
    assert "override-link-dead" in read(page).values
