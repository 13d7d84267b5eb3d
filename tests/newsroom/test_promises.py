"""SECURITY.md and docs/audit.md say what is true: the exception and its day, the retention, what runs at night."""

import re
from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.management import get_commands

from articles.alerts import finding, telling
from articles.editorial import trash
from articles.outbox import KEPT
from articles.readers import comments

ROOT = Path(__file__).parent.parent.parent
SECURITY, AUDIT = ((ROOT / name).read_text(encoding="utf-8") for name in ("SECURITY.md", "docs/audit.md"))
NIGHT = (ROOT / "deploy/systemd/newsroom-night.service").read_text()


def test_the_one_silenced_check_is_signed_and_its_day_has_not_come():
    assert settings.SILENCED_SYSTEM_CHECKS == ["ckeditor.W001"]
    assert "ckeditor.W001" in SECURITY
    day, year = re.search(r"looked at again by (\d+) May (\d{4})", SECURITY).groups()
    assert date.today() <= date(int(year), 5, int(day)), "look at the exception of SECURITY.md again, and sign it anew"  # noqa: DTZ011


def test_the_numbers_of_the_documents_are_those_of_the_code():
    said = " ".join(AUDIT.split())
    for words in (
        f"Thùng rác* for {trash.KEPT.days} days",
        f"{finding.MOST_DENIED} refusals and failed sign-ins within a minute",
        f"for more than {finding.LATEST.seconds // 60} minutes", f"less than {finding.LEAST_FREE} % free",
        f"{finding.FAILING} answers of 5xx on one machine within {finding.FAILING_MINUTES} minutes",
        f"| {telling.KEPT.days} days after their end |", f"| {comments.KEEP_SENDERS} days | `forget_senders`",
        f"| effects that are done | {KEPT.days} days",
        f"| {settings.SESSION_COOKIE_AGE // 86400} days | `clearsessions`",
    ):  # fmt: skip
        assert words in said, words


def test_what_the_documents_say_of_the_night_is_run_in_the_night():
    named = set(re.findall(r"\| `(\w+)` \|", AUDIT)) - {"check_alerts"}
    assert {"empty_trash", "forget_senders", "fold_reads", "clearsessions"} <= named
    assert named <= set(re.findall(r"manage\.py (\w+)", NIGHT))
    assert named <= set(get_commands())


def test_the_proxies_log_the_readers_network_and_no_secret_of_a_link():
    for name in ("nginx.conf", "nginx-varnish.conf"):
        text = (ROOT / "deploy" / name).read_text()
        form = re.search(r"log_format newsroom.*?;", text, re.DOTALL)[0]
        assert not re.search(r"remote_addr|request_uri|\$request\b|\$uri|\$args|referer|cookie", form)
        assert [line.split()[-1] for line in text.splitlines() if "access_log" in line] in (
            ["newsroom;", "off;", "off;"], ["newsroom;", "off;"]
        )  # fmt: skip
