"""What the newsroom sees of its own troubles (S58), whom it tells, and that it tells them once."""

import shutil
from collections import namedtuple
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from articles import alerts, clock
from articles.alerts import failures, finding, telling
from articles.backup import record
from articles.editorial import trail
from articles.models import Alert, Effect, TrailEntry
from tests import base, factories

pytestmark = pytest.mark.django_db
Usage = namedtuple("Usage", "total used free")


def kinds(at=None):
    return {found.kind for found in alerts.find(at)}


@pytest.fixture
def by_mail(settings):
    settings.NOTICES_BY_MAIL, settings.ADMINS = True, [("IT", "it@baomau.vn")]


def denied(number=10):
    for _again in range(number):
        trail.record(None, "sign_in", person="rita", outcome=trail.FAILED)


def late(minutes=3):
    return Effect.objects.create(kind="purge", key="x", due_at=timezone.now() - timedelta(minutes=minutes))


def failing(number=10):
    for _again in range(number):
        failures.note()


def full(monkeypatch, free=14):
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: Usage(100, 100 - free, free))


def backup(settings, hours):
    settings.VAR_DIR.mkdir(exist_ok=True)
    record.write({"snapshot_at": timezone.now() - timedelta(hours=hours, minutes=1)})


def stuck():
    Effect.objects.create(kind="purge", key="2", attempts=9, due_at=timezone.now() + timedelta(hours=9))


def off(monkeypatch):
    monkeypatch.setattr(clock, "seconds_off", lambda: -90.0)


def test_nothing_is_wrong_with_a_newsroom_at_rest_or_just_below_each_limit(monkeypatch, settings):
    assert kinds() == set()
    denied(9), late(1), failing(9), full(monkeypatch, 15), backup(settings, 1)
    article = factories.draft()
    for _again in range(20):  # a check that is not met denies nobody anything
        trail.record(base.person("chris"), "publish", article, outcome=trail.FAILED)
    trail.record(base.person("chris"), "export")
    Effect.objects.create(kind="purge", key="y", due_at=timezone.now() + timedelta(hours=1), attempts=3)
    assert kinds() == set()


def test_each_trouble_is_seen_for_itself(monkeypatch, settings):
    troubles = {
        "denied": denied, "late": late, "failing": failing, "disk": lambda: full(monkeypatch),
        "backup": lambda: backup(settings, 2), "stuck": stuck, "clock": lambda: off(monkeypatch),
    }  # fmt: skip
    assert set(troubles) == set(Alert.Kind.values)
    seen = set()
    for kind, cause in troubles.items():
        cause()
        seen.add(kind)
        assert kinds() == seen
    for found in alerts.find():
        said = alerts.words(found.kind, found.facts)
        assert any(char.isdigit() for char in said), said
    assert kinds(timezone.now() + timedelta(minutes=70)) == {"late", "disk", "backup", "stuck", "clock"}


def test_it_is_told_once_by_log_and_mail_again_after_an_hour_and_no_more_when_it_is_over(by_mail, mailoutbox, caplog):
    effect, now = late(), timezone.now()
    for minutes in (0, 1, 2, 61):
        alerts.check(now + timedelta(minutes=minutes))
    errors = [record for record in caplog.records if record.levelname == "ERROR"]
    assert len(errors) == len(mailoutbox) == 2
    assert mailoutbox[0].to == ["it@baomau.vn"]
    assert "late" in errors[0].getMessage()
    effect.delete()
    for minutes in (62, 90, 130):
        alerts.check(now + timedelta(minutes=minutes))
    assert len(mailoutbox) == 2
    assert Alert.objects.get().over_at == now + timedelta(minutes=62)


def test_a_trouble_that_comes_and_goes_is_one_and_old_ones_are_forgotten():
    now = timezone.now()
    late()
    alerts.check(now)
    Effect.objects.all().delete()
    alerts.check(now + timedelta(minutes=1))
    late()
    alerts.check(now + timedelta(minutes=3))
    assert Alert.objects.get().over_at is None
    Effect.objects.all().delete()
    alerts.check(now + timedelta(minutes=4))
    alerts.check(now + telling.KEPT + timedelta(minutes=5))
    assert not Alert.objects.exists()


def test_two_that_look_at_once_tell_once(caplog, monkeypatch):
    late()
    found = finding.find()
    rows = [telling._remembered(found[0], timezone.now()) for _both in range(2)]
    assert [telling._is_news(row, timezone.now()) for row in rows] == [True, False]
    assert Alert.objects.count() == 1


def test_without_mail_or_with_a_failing_server_it_stands_in_the_log(settings, caplog, mailoutbox, monkeypatch):
    settings.ADMINS = [("IT", "it@baomau.vn")]
    late()
    alerts.check()
    assert not mailoutbox
    settings.NOTICES_BY_MAIL = True

    def refused(*args, **options):
        raise ConnectionRefusedError

    monkeypatch.setattr(telling, "mail_admins", refused)
    alerts.check(timezone.now() + timedelta(hours=2))
    assert [record.levelname for record in caplog.records] == ["ERROR", "ERROR", "WARNING"]


@pytest.mark.parametrize(("name", "shown"), [("ada", True), ("chris", False), ("rita", False)])
def test_administrators_see_it_on_their_dashboard_at_once(desk, name, shown):
    late(7)
    html = desk(name).get("/admin/").content.decode()
    assert ("board-alerts" in html) is shown
    assert not Alert.objects.exists()  # looking writes nothing


def test_the_command_looks_tells_and_says_it(capsys):
    late()
    call_command("check_alerts")
    assert Alert.objects.filter(kind="late", told_at__isnull=False).exists()
    assert capsys.readouterr().err.strip()


def test_an_error_page_is_counted_and_bears_the_id_of_its_request(monkeypatch):
    def broken(request):
        raise RuntimeError("x")

    monkeypatch.setattr("articles.views.front.front", broken, raising=False)
    client = Client(raise_request_exception=False)
    monkeypatch.setattr("django.core.handlers.base.BaseHandler.resolve_request", broken)
    response = client.get("/")
    assert response.status_code == 500
    assert len(response.headers["X-Request-ID"]) == 16
    assert failures.number(1) == 1
    assert failures.number(5, timezone.now() - timedelta(minutes=10)) == 0
    failures.prune(timezone.now() + timedelta(hours=2))
    assert failures.number(1) == 0


def test_ten_refusals_at_the_desk_within_a_minute_are_seen(desk):
    client = desk("rita")
    for number in range(1, 11):
        client.post(f"/admin/auth/user/{number}/change/", {})
    assert TrailEntry.objects.filter(outcome="refused").count() == 10
    assert "denied" in kinds()


def test_a_machine_whose_clock_is_off_is_not_ready(stranger, monkeypatch):
    assert stranger.get("/readyz").status_code == 200
    monkeypatch.setattr(clock, "seconds_off", lambda: 31.0)
    assert stranger.get("/readyz").status_code == 503
    assert stranger.get("/healthz").status_code == 200
