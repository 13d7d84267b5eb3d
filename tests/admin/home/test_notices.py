"""The page of a person's notices, and their number in the header."""

from urllib.parse import quote

import pytest

from articles import desk as desk_site
from articles.editorial import transitions
from articles.models import Assignment, Notice
from tests import base, factories
from tests.admin.forms import change_url

pytestmark = pytest.mark.django_db
PAGE = "/admin/notices/"


def notice(name="rita", text="Bài của bạn đã được duyệt.", **fields):
    return Notice.objects.create(recipient=base.person(name), text=text, **fields)


def test_a_person_reads_the_own_notices_and_nobody_elses(desk):
    notice("rita", "Của Rita", note="Thiếu số liệu.")
    notice("ed", "Của Ed")
    html = desk("rita").get(PAGE).content.decode()
    assert "Của Rita" in html
    assert "Thiếu số liệu." in html
    assert "Của Ed" not in html


def test_the_header_of_every_page_tells_how_many_are_new(desk):
    client = desk("rita")  # one browser: a new one is a notice too
    notice("rita")
    notice("rita")
    for path in ("/admin/", "/admin/articles/article/", "/admin/password_change/", PAGE):
        header = client.get(path).content.decode().split('class="bell"')[1].split("</a>")[0]
        assert ">2<" in header
    assert 'class="number"' not in desk("ed").get("/admin/").content.decode().split('class="bell"')[1].split("</a>")[0]


def test_nobody_counts_further_than_is_shown(desk):
    Notice.objects.bulk_create(Notice(recipient=base.person("rita"), text="x") for _number in range(120))
    assert "99+" in desk("rita").get(PAGE).content.decode()


def test_one_is_marked_or_all_and_only_the_own(desk):
    mine, other, foreign = notice(), notice(), notice("ed")
    client = desk("rita")
    client.post(PAGE + "read/", {"notice": mine.pk})
    assert set(Notice.objects.filter(read_at__isnull=True)) == {other, foreign}
    client.post(PAGE + "read/", {"notice": foreign.pk})
    client.post(PAGE + "read/")
    assert set(Notice.objects.filter(read_at__isnull=True)) == {foreign}


def test_marking_is_no_get_and_no_strangers_affair(desk, stranger):
    one = notice()
    assert desk("rita").get(PAGE + "read/").status_code == 405
    assert "login" in stranger.post(PAGE + "read/").headers["Location"]
    assert "login" in stranger.get(PAGE).headers["Location"]
    assert Notice.objects.get() == one
    assert Notice.objects.get().read_at is None


def test_older_ones_stand_on_further_pages_each_once(desk):
    for number in range(desk_site.NOTICES + 5):
        notice(text=f"Báo số {number}.")
    client, seen, address = desk("rita"), [], PAGE
    while address:
        response = client.get(address)
        seen += [row.text for row in response.context["rows"]]
        older = response.context["older"]
        address = older and f"{PAGE}?truoc={older}"
    assert seen == [f"Báo số {number}." for number in reversed(range(desk_site.NOTICES + 5))]


def test_after_marking_one_the_same_page_is_shown(desk):
    one = notice()
    answer = desk("rita").post(PAGE + "read/", {"notice": one.pk, "truoc": "77"})
    assert answer.headers["Location"] == f"{PAGE}?truoc=77"


@pytest.mark.parametrize("value", ["x", "-1", "9" * 40, "0" * 5000, "\0", "１２", "1e3", "\ud800"])
def test_no_hostile_number_breaks_the_page(desk, value):
    notice()
    client = desk("rita")
    query = quote(value.encode("utf-8", "surrogatepass"))
    form = "application/x-www-form-urlencoded"
    assert client.get(f"{PAGE}?truoc={query}").status_code == 200
    assert client.post(f"{PAGE}read/", f"notice={query}", content_type=form).status_code == 302
    assert Notice.objects.get().read_at is None


def shown_in_header(client, address):
    return 'class="number"' in client.get(address).content.decode().split('class="bell"')[1].split("</a>")[0]


def test_the_open_page_of_an_article_reads_its_notices_and_a_mere_get_does_not(desk):
    client, article = desk("ed"), factories.draft(created_by=base.person("rita"))
    transitions.submit(article, base.person("rita"))
    own = Notice.objects.filter(recipient=base.person("ed"), read_at__isnull=True)
    assert not shown_in_header(client, change_url(article))  # they do not announce what is in view
    assert own.exists()
    assert shown_in_header(client, PAGE)
    form = {"user": base.person("ed").pk, "article": article.pk, "form": "tab-of-ed", "base": "0"}
    assert client.post("/admin/articles/article/presence/", form).status_code == 200
    assert not own.exists()


def test_the_open_page_of_an_assignment_reads_its_notices_and_a_mere_get_does_not(desk):
    given = Assignment.objects.create(title="Đề tài", deadline=factories.at("2090-01-01 08:00"))
    address = f"/admin/articles/assignment/{given.pk}/change/"
    one, foreign = notice("rita", url=address), notice("ed", url=address)
    client = desk("rita")
    assert not shown_in_header(client, address)
    assert set(Notice.objects.filter(read_at__isnull=True)) == {one, foreign}
    assert client.post(PAGE + "read/", {"about": address}).status_code == 204
    assert set(Notice.objects.filter(read_at__isnull=True)) == {foreign}


def test_what_a_notice_says_is_text(desk):
    notice(text="<script>alert(1)</script>", note="<b>x</b>")
    html = desk("rita").get(PAGE).content.decode() + desk("rita").get("/admin/").content.decode()
    assert "<script>alert" not in html
    assert "<b>x</b>" not in html


def test_the_page_costs_the_same_for_few_and_many(desk, django_assert_num_queries):
    client = desk("rita")
    for rows in (1, 40):
        for _number in range(rows):
            notice(article=factories.draft())
        with django_assert_num_queries(7):  # the person four, the masthead, the number, the page
            client.get(PAGE)
