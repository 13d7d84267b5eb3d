"""History, comparison, restoring and naming of versions at the desk."""

import pytest

from articles.editorial import revisions
from articles.models import Article
from tests import base, factories

from .forms import change_url, send

pytestmark = pytest.mark.django_db


def url(article, rest):
    return f"/admin/articles/article/{article.pk}/{rest}"


@pytest.fixture
def worked(desk):
    """An article of rita's that ed saved twice."""
    article = factories.draft(title="Một", created_by=base.person("rita"))
    for title in ("Hai", "Ba"):
        send(desk("ed"), change_url(article), title=title)
    return article


def test_the_history_folds_saves_of_one_piece_of_work_and_shows_steps(desk, worked):
    send(desk("rita"), change_url(worked), press="_submit")
    response = desk("ed").get(url(worked, "history/"))
    entries = response.context["entries"]
    assert [len(entry.folded) for entry in entries if entry.revision] == [1, 0]
    assert [entry.step.verb for entry in entries if entry.step] == ["submit"]


def test_a_hundred_versions_cost_no_more_queries_than_one(desk, django_assert_max_num_queries):
    article = factories.draft()
    client = desk("ed")
    for number in range(100):
        revisions.save(article, {"title": f"Tin {number}"}, base.person("ed"), base=10**6)
    with django_assert_max_num_queries(10):
        assert client.get(url(article, "history/")).status_code == 200


def test_two_versions_are_compared_word_by_word(desk, worked):
    html = desk("ed").get(url(worked, "compare/?from=1&to=3")).content.decode()
    assert "<del>Một</del>" in html
    assert "<ins>Ba</ins>" in html


@pytest.mark.parametrize(
    "query", ["from=abc&to=%00", "from=99999999999999999999", "from=-1", "from=999", "authors=1", ""]
)
def test_odd_numbers_compare_something_and_are_never_an_error(desk, worked, query):
    assert desk("ed").get(url(worked, f"compare/?{query}")).status_code == 200


def test_an_earlier_version_is_restored_by_a_button(desk, worked):
    desk("ed").post(url(worked, "versions/1/restore/"))
    worked.refresh_from_db()
    assert worked.title == "Một"
    assert worked.revisions.count() == 4


def test_a_version_gets_a_name_and_is_then_not_folded(desk, worked):
    desk("ed").post(url(worked, "versions/2/name/"), {"name": "Bản gửi in"})
    response = desk("ed").get(url(worked, "history/"))
    assert "Bản gửi in" in response.content.decode()
    assert all(not entry.folded for entry in response.context["entries"])


@pytest.mark.parametrize("rest", ["versions/1/restore/", "versions/1/name/", "discard/"])
def test_nothing_changes_by_a_get_nor_by_who_may_not(desk, worked, rest):
    assert desk("ed").get(url(worked, rest)).status_code == 403
    assert desk("phong").post(url(worked, rest)).status_code == 403
    assert desk("kim").post(url(worked, rest)).status_code == 404
    worked.refresh_from_db()
    assert worked.title == "Ba"


def test_the_versions_of_what_is_public_are_not_for_every_reporter(desk):
    article = factories.published(created_by=base.person("ed"))
    for rest in ("history/", "compare/"):
        assert desk("rita").get(url(article, rest)).status_code == 403


def test_the_working_version_is_given_up_by_a_button(desk):
    article = factories.published(title="Bạn đọc thấy")
    send(desk("chris"), change_url(article), title="Đang sửa")
    assert "standing-working" in desk("chris").get(change_url(article)).content.decode()
    desk("chris").post(url(article, "discard/"))
    assert revisions.current(Article.objects.get(pk=article.pk))["title"] == "Bạn đọc thấy"


def test_who_wrote_which_paragraph_is_named(desk, worked):
    ed = base.person("ed")
    ed.last_name, ed.first_name = "Lê", "Văn Ed"
    ed.save()
    send(desk("ed"), change_url(worked), body="<p>Nội dung.</p><p>Đoạn của Ed.</p>")
    rows = desk("ed").get(url(worked, "compare/?authors=1")).context["authorship"]
    assert [(text, owner.created_by_name) for text, owner in rows] == [("Nội dung.", ""), ("Đoạn của Ed.", "Lê Văn Ed")]


def test_the_form_with_a_hundred_versions_and_many_rows_costs_few_queries(desk, django_assert_max_num_queries):
    article = factories.published(photo=factories.photo_without_files())
    for number in range(12):
        factories.link(article, factories.published(), order=number)
        factories.signed(article, f"Tác giả {number}", order=number)
    factories.gallery(article, 12)
    for number in range(100):
        revisions.save(article, {"title": f"Tin {number}"}, base.person("ed"), base=10**6)
    client = desk("chris")
    with django_assert_max_num_queries(40):
        assert client.get(change_url(article)).status_code == 200
