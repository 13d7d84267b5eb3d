"""Corrections at the desk: written, never deleted."""

import pytest
from django.contrib.admin.models import LogEntry

from articles.models import Correction
from tests import base, factories
from tests.admin.forms import change_url, read, send

pytestmark = pytest.mark.django_db

URL = "/admin/articles/correction/"
WORDS = {"wrong": "Dài 300 mét.", "right": "Dài 330 mét.", "apology": "Báo xin lỗi."}


@pytest.mark.parametrize("make", [factories.published, factories.withdrawn])
def test_who_may_publish_corrects_what_readers_saw(desk, stranger, make):
    article = make(title="Cầu mới")
    send(desk("sam"), f"{URL}add/?article={article.pk}", **WORDS)
    correction = Correction.objects.get()
    assert (correction.article, correction.created_by) == (article, base.person("sam"))
    assert "Dài 330 mét." in stranger.get("/cai-chinh/").content.decode()


def test_what_readers_never_saw_is_not_corrected_in_public(desk):
    for article in (factories.draft(), factories.scheduled()):
        response = send(desk("sam"), f"{URL}add/?article={article.pk}", **WORDS)
        assert response.context["errors"]
        assert read(response).values["right"] == "Dài 330 mét."
    assert not Correction.objects.exists()


@pytest.mark.parametrize("name", ["ed", "chris"])
def test_nobody_deletes_a_correction(desk, name):
    correction = factories.correction()
    assert desk(name).post(f"{URL}{correction.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Correction.objects.exists()


def test_the_article_of_a_correction_stays_the_same_and_each_change_is_logged(desk):
    correction, other = factories.correction(), factories.published()
    send(desk("sam"), f"{URL}{correction.pk}/change/", article=other.pk, right="Dài 331 mét.")
    stored = Correction.objects.get()
    assert (stored.article, stored.right) == (correction.article, "Dài 331 mét.")
    assert LogEntry.objects.filter(object_id=str(correction.pk)).exists()


@pytest.mark.parametrize("moment", [("01/01/0001", "00:00"), ("31/12/9999", "23:59"), ("x", "y"), ("\0", "")])
def test_a_moment_outside_the_archive_is_refused(desk, moment):
    article = factories.published()
    day, time = moment
    response = send(desk("sam"), f"{URL}add/?article={article.pk}", **WORDS, issued_at_0=day, issued_at_1=time)
    assert response.context["errors"]


def test_a_reporter_writes_no_correction(desk):
    assert desk("rita").get(f"{URL}add/").status_code == 403


def test_the_form_of_an_article_that_readers_saw_leads_to_its_correction(desk):
    seen, draft = factories.published(), factories.draft(created_by=base.person("rita"))
    link = f"{URL}add/?article="
    assert f"{link}{seen.pk}" in desk("sam").get(change_url(seen)).content.decode()
    assert link not in desk("sam").get(change_url(draft)).content.decode()
    assert link not in desk("rita").get(change_url(seen)).content.decode()


def test_a_correction_is_found_by_the_title_of_its_article(desk):
    factories.correction(factories.published(title="Cầu mới"))
    factories.correction(factories.published(title="Lúa trổ"))
    listed = desk("sam").get(URL, {"q": "cau MOI"}).context["cl"].result_list
    assert [correction.article.title for correction in listed] == ["Cầu mới"]
