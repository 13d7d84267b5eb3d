"""The log: one line an event, for machines; nothing in it that a stranger, a draft or a secret put there."""

import json
import logging
import sys

import pytest
from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db import DatabaseError, IntegrityError
from django.test import RequestFactory

from newsroom import logs
from newsroom.request_id import RequestIdMiddleware

NASTY = "a\r\nFAKE\t\x1b[31mred\x1b[0m\x00\x9b2J\u202etxt\u2028b\ud800c\u200bd"


def line(message, *args, name="django.request", level=logging.WARNING, error=None, kind=logs.JsonLine, **extra):
    info = None
    if error is not None:
        try:
            raise error
        except type(error):
            info = sys.exc_info()
    record = logging.LogRecord(name, level, "", 0, message, args, info)
    vars(record).update(extra)
    return kind().format(record)


def test_an_event_is_one_line_of_json_with_what_is_known():
    request = RequestFactory().get("/tin/")
    said = json.loads(line("Không thấy: %s", "/tin/", status_code=404, request=request))
    assert said.pop("time").endswith("+00:00")
    assert said == {
        "level": "WARNING", "logger": "django.request", "message": "Không thấy: /tin/", "status": 404, "method": "GET",
    }  # fmt: skip


@pytest.mark.parametrize("kind", [logs.JsonLine, logs.PlainLine])
def test_nothing_in_a_line_ends_it_colours_it_or_turns_it(kind):
    text = line(f"Not Found: {NASTY}", kind=kind, error=ValueError(NASTY))
    text.encode()
    shown = text if kind is logs.JsonLine else text.replace("\n    ", "")
    assert [char for char in NASTY if not char.isalnum() and char not in "[;" and char in shown] == []
    if kind is logs.JsonLine:
        assert "\\u001b[31mred" in json.loads(text)["message"]


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("Not Found: /xem-ban/abcDEF123/", "abcDEF123"),
        ("Internal Server Error: /xem-ban/abcDEF123/?x=1", "abcDEF123"),
        ("GET /xem-truoc/12/?ban=abcDEF123 404", "abcDEF123"),
        ("password=hoasua123&next=/", "hoasua123"),
        ("{'password1': 'hoasua123', 'csrfmiddlewaretoken': 'tokTOK99'}", "hoasua123 tokTOK99"),
        ("Cookie: sessionid=s3ss10n; csrftoken=tokTOK99", "s3ss10n tokTOK99"),
        ("Authorization: Bearer tokTOK99", "tokTOK99"),
        ("api_key=tokTOK99 code=123456", "tokTOK99 123456"),
        ("could not connect to postgres://newsroom:dbpass77@db/news", "dbpass77"),
    ],
)
def test_no_secret_is_in_a_line_in_whatever_part_of_it(text, gone):
    for said in (line("%s", text), line("x", error=RuntimeError(text))):
        assert [word for word in gone.split() if word in said] == []


def test_a_row_that_the_database_quotes_is_in_no_line():
    words = 'null value in column "title"\nDETAIL:  Failing row contains (1, draft, Nguồn tin mật,\n\ndòng hai).'
    try:
        raise DatabaseError(words) from IntegrityError(words)
    except DatabaseError as error:
        said = [line("Not done: %s", words), line("Failed", error=error), line("x", error=error, kind=logs.PlainLine)]
    assert not [one for one in said if "mật" in one or "dòng hai" in one]
    assert all("null value" in one for one in said)
    assert "IntegrityError" in said[1]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("from 203.113.131.77 tried", "from 203.113.131.0/24 tried"),
        ("client:203.113.131.77:5000.", "client:203.113.131.0/24:5000."),
        ("2402:800:61cd:7::12 tried", "2402:800:61cd::/48 tried"),
        ("::ffff:203.113.131.77", "203.113.131.0/24"),
        ("purge http://10.0.0.5:6081/ and 127.0.0.1:8000 and [::1]", None),
        ("at 12:30:45, Django 5.2.19.1x, article 1.2.3.4.5, 999.1.1.1", None),
        ("articles/days.py:12 of", None),
    ],
)
def test_of_a_readers_address_only_the_network_is_kept(text, kept):
    assert json.loads(line(text))["message"] == (kept or text)


def test_every_line_of_a_request_bears_its_id_and_errors_and_the_desk_are_told_it():
    seen = []

    def answer(request):
        seen.append(json.loads(line("within"))["request"])
        response = type("Response", (), {"status_code": request.GET.get("s", "") and 404 or 200, "headers": {}})
        return response()

    middleware, factory = RequestIdMiddleware(answer), RequestFactory()
    told = [middleware(factory.get(url, headers={"X-Request-ID": "forged\r\nx"})).headers.get("X-Request-ID")
            for url in ("/", "/?s=1", "/admin/")]  # fmt: skip
    assert len(set(seen)) == 3
    assert told == [None, *seen[1:]]
    assert "request" not in json.loads(line("outside"))


def test_a_line_is_short_and_one_that_cannot_be_put_together_is_a_line():
    assert len(json.loads(line("x" * 100_000))["message"]) <= logs.LONGEST + 1
    assert "%s %s" in json.loads(line("%s %s", "one"))["message"]
    deep = json.loads(line("x", error=RuntimeError("y" * 9000)))
    assert len(deep["error"]) < 400
    assert deep["trace"][-1].split()[0].endswith(".py:" + deep["trace"][-1].split()[0].rpartition(":")[2])


def test_of_a_request_that_is_refused_for_its_form_no_place_in_the_code_is_told():
    refused = json.loads(line("x", error=DisallowedHost("Invalid HTTP_HOST header: 'evil'")))
    assert refused["error"].startswith("DisallowedHost: Invalid HTTP_HOST")
    assert "trace" not in refused


def test_django_mails_no_request_and_every_handler_writes_our_lines():
    assert settings.LOGGING["loggers"]["django"]["handlers"] == []
    kinds = {formatter["()"] for formatter in settings.LOGGING["formatters"].values()}
    assert kinds <= {"newsroom.logs.JsonLine", "newsroom.logs.PlainLine"}
    assert all(handler["formatter"] == "line" for handler in settings.LOGGING["handlers"].values())
    handlers = [*logging.getLogger("django").handlers, *logging.getLogger("django.server").handlers]
    assert not any(type(handler).__name__ == "AdminEmailHandler" for handler in handlers)
