from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Redirect
from tests import factories
from tests.editorial.checks.looking import names, one

pytestmark = pytest.mark.django_db


def linking(address):
    return {"body": f'<p>Xem <a href="{address}">tại đây</a>.</p>'}


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScript:alert(1)",
        "java&#10;script:alert(1)",
        " data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "http://127.0.0.1/",
        "http://localhost:9000/",
        "https://printer/",
        "http://10.0.0.5/x",
        "http://192.168.1.1/",
        "http://172.16.3.4/",
        "http://169.254.169.254/latest/meta-data/",
        "http://100.64.1.1/",
        "http://0/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://[::1]/",
        "http://[fe80::1]/",
        "http://[fd00::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://may-in.local/",
        "https://vietcombank.com.vn@evil.example/",
        "//10.0.0.5/x",
        "https:\\\\10.0.0.5\\x",
    ],
)
def test_an_unsafe_link_blocks(address):
    finding = one("link-unsafe", **linking(address))
    assert (finding.blocks, finding.where) == (True, "body")


@pytest.mark.parametrize(
    "address",
    [
        "https://baochinhphu.vn/tin-102.htm",
        "http://8.8.8.8/",
        "https://[2606:4700::1111]/",
        "mailto:toasoan@example.vn",
        "tel:+842183850000",
        "#chu-thich",
        "/",
        "/ngay/2023/03/22/",
        "/tim-kiem/?q=cam",
        "https://báochínhphủ.vn/tin",
        "/media/2023/03/a1b2/master.jpg",
        "/static/icon.svg",
    ],
)
def test_an_ordinary_link_is_left_alone(address):
    assert names(**linking(address)) == set()


@pytest.mark.parametrize(
    "address",
    [
        "/khong-co-trang-nay/sau/nua/",
        "/khong-co-muc-nay/",
        "/kinh-te/tin-cu-999999999/",
        "www.baohoabinh.com.vn",
        "https://",
        "http://[::1",
        "https://example.vn:99999999/",
        "/admin/articles/article/1/change/",
        "/xem-truoc/1/",
        "",
    ],
)
def test_a_link_that_leads_readers_nowhere_warns(address):
    assert names(**linking(address)) == {"link-dead"}
    assert not one("link-dead", **linking(address)).blocks


@pytest.mark.parametrize("make", [factories.draft, factories.scheduled, factories.withdrawn])
def test_a_link_to_an_article_that_readers_cannot_see_warns(make):
    other = make(title="Tin còn kín", slug="tin-con-kin")
    message = one("link-dead", **linking(f"/kinh-te/x-{other.pk}/")).message
    assert f"x-{other.pk}" in message
    assert "Tin còn kín" not in message


def test_a_link_to_a_published_article_is_fine_also_with_the_sites_own_host(settings):
    other = factories.published()
    path = other.get_absolute_url()
    assert names(**linking(path)) == set()
    assert names(**linking(f"{settings.SITE_URL}{path}")) == set()


def test_a_link_to_what_will_be_public_at_the_hour_of_publication_is_fine():
    other = factories.scheduled(minutes=5)
    later = timezone.now() + timedelta(minutes=10)
    assert names(at=later, **linking(other.get_absolute_url())) == set()


def test_a_link_to_a_section_is_fine_and_so_is_an_old_address():
    factories.section("Kinh tế")
    assert names(**linking("/kinh-te/")) == set()
    Redirect.objects.create(path="/11/158663/cu.htm", target="/kinh-te/")
    assert names(**linking("/11/158663/Ten-Bai.htm")) == set()


def test_related_links_are_looked_at_too():
    row = {"target": None, "title": "Nguồn", "url": "http://10.0.0.1/", "teaser": ""}
    assert one("link-unsafe", links=[row]).where == "links"
    hidden = {"target": factories.draft(title="Kín").pk, "title": "", "url": "", "teaser": ""}
    finding = one("link-dead", links=[hidden])
    assert finding.where == "links"
    assert "Kín" not in finding.message


def test_a_related_link_to_a_public_article_and_one_that_waits_are_fine():
    rows = [{"target": factories.published().pk}, {"target": None, "title": "Chưa về", "url": ""}]
    assert names(links=rows) == set()


def test_links_of_a_live_report_are_looked_at():
    update = {"body": '<p><a href="http://10.0.0.1/">x</a></p>', "title": "", "posted_at": None}
    assert one("link-unsafe", genre="live", live_updates=[update]).where == "live_updates"


def test_nobody_outside_is_asked(monkeypatch):
    monkeypatch.setattr("socket.getaddrinfo", lambda *_args, **_kwargs: pytest.fail("a name was looked up"))
    assert names(**linking("https://example.vn/khong-co")) == set()
