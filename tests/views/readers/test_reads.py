"""The beacon that counts a read: no cookie, no database, nothing from other sites."""

import pytest
from django.core.cache import cache
from django.test import Client, override_settings

from articles.models import ReadCount
from articles.readers.buffer import buffer
from articles.views.readers.address import client_address
from newsroom import environment
from tests import factories

PHONE = "Mozilla/5.0 (Linux; Android 13) Chrome/120.0 Mobile Safari/537.36"
OURS = {"Sec-Fetch-Site": "same-origin", "User-Agent": PHONE}


@pytest.fixture(autouse=True)
def fresh():
    cache.clear()
    yield
    buffer.reset()
    cache.clear()


def counted():
    return sum(buffer._counts.values())


def send(client, pk=1, headers=OURS, **extra):
    return client.post(f"/dem/{pk}/", headers=headers, **extra)


def test_a_read_is_counted_and_answered_with_nothing(stranger):
    response = send(stranger)
    assert (response.status_code, response.content, response["Cache-Control"]) == (204, b"", "no-store")
    assert counted() == 1


def test_a_read_sets_no_cookie_and_asks_no_database(stranger, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        response = send(stranger)
    assert not response.cookies
    assert "cookie" not in response.get("Vary", "").lower()


@pytest.mark.django_db
def test_a_read_reaches_the_article(stranger):
    article = factories.published()
    send(stranger, article.pk)
    buffer.flush()
    assert ReadCount.objects.get().article == article


@pytest.mark.django_db
def test_an_article_that_does_not_exist_is_no_error(stranger):
    assert [send(stranger, pk).status_code for pk in (10**12, 2**63, 10**30)] == [204] * 3
    buffer.flush()
    assert not ReadCount.objects.exists()


def test_a_token_against_forgery_is_not_needed():
    assert send(Client(enforce_csrf_checks=True)).status_code == 204


@pytest.mark.parametrize("method", ["get", "head", "put"])
def test_only_post_counts(stranger, method):
    response = getattr(stranger, method)("/dem/1/", headers=OURS)
    assert (response.status_code, counted()) == (405, 0)


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none", "Origin": "http://testserver"},
        {"Origin": "https://noi-khac.vn"},
        {"Origin": "null"},
        {},
    ],
)
def test_what_another_site_sends_is_refused(stranger, headers):
    response = send(stranger, headers={"User-Agent": PHONE, **headers})
    assert (response.status_code, counted()) == (403, 0)


@pytest.mark.parametrize("origin", ["http://testserver", "https://baomau.vn"])
def test_an_old_browser_says_its_origin(stranger, settings, origin):
    settings.SITE_URL = "https://baomau.vn"
    assert send(stranger, headers={"User-Agent": PHONE, "Origin": origin}).status_code == 204


def test_a_reload_does_not_count_again(stranger):
    assert [send(stranger).status_code for _time in range(3)] == [204] * 3
    assert counted() == 1


def test_a_program_gets_the_same_answer_and_counts_nothing(stranger):
    assert send(stranger, headers={**OURS, "User-Agent": "Googlebot/2.1"}).status_code == 204
    assert counted() == 0


@pytest.mark.django_db
def test_an_article_page_names_its_beacon_and_a_preview_does_not(stranger, desk):
    article = factories.published()
    assert f'data-read="/dem/{article.pk}/"' in stranger.get(article.get_absolute_url()).content.decode()
    assert "data-read" not in desk("ed").get(f"/xem-truoc/{article.pk}/").content.decode()


# Addresses


@pytest.mark.parametrize(
    ("behind", "remote", "forwarded", "address"),
    [
        (False, "10.0.0.1", "1.2.3.4", "10.0.0.1"),
        (True, "10.0.0.1", "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        (True, "10.0.0.1", "", "10.0.0.1"),
        (True, "10.0.0.1", "1.2.3.4, <script>", "10.0.0.1"),
        (False, "2001:db8:1:2:aaaa::1", "", "2001:db8:1:2::/64"),
        (False, "::ffff:1.2.3.4", "", "1.2.3.4"),
        (False, "", "", ""),
    ],
)
def test_only_a_proxy_of_ours_is_believed(rf, settings, behind, remote, forwarded, address):
    settings.BEHIND_PROXY = behind
    request = rf.get("/", REMOTE_ADDR=remote, headers={"X-Forwarded-For": forwarded})
    assert client_address(request) == address


@pytest.mark.parametrize("address", ["redis://127.0.0.1:1/0", "unix:///nowhere/redis.sock"])
def test_while_the_shared_cache_is_down_nothing_counts_and_nothing_breaks(stranger, address):
    with override_settings(CACHES={"default": environment.cache(address)}):
        assert send(stranger).status_code == 204
    assert counted() == 0
