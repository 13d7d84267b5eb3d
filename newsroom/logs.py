"""The log: one line an event, as JSON for machines, plain on the terminal of who develops.

Design notes
- A line is data that strangers help to write. So nothing in it can end it, colour it or turn its direction: whatever
  is no printable character stands as its number (\\u001b), in JSON and in the plain form.
- What no line may hold is taken out of all of it, the errors too: secrets of links and forms, passwords in addresses,
  readers' addresses but for their network, and the rows that PostgreSQL quotes in a DETAIL (a draft's text among them).
- Of an error the line has the kind, the first line of what it says and the places in the code; never values.
- Every line of one request bears its id, which the answer to the desk and every error names too (X-Request-ID).
"""

import json
import logging
import re
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime

from django.core.exceptions import SuspiciousOperation

from articles import addresses

LONGEST = 2000  # characters of a message
LONGEST_ERROR = 300
MOST_PLACES = 25  # of a traceback, the innermost

request_id = ContextVar("id of the request that is answered", default="")

_SECRETS = [
    (re.compile(r"(/xem-ban/)[^/\s?]+"), r"\1…"),  # a version shown to an outsider
    (re.compile(r"(://[^/\s:@]*:)[^/\s@]+@"), r"\1…@"),  # a password in an address
    (re.compile(r"(?i)\b((?:ban|code|t?otp)=)[^\s&\"']+"), r"\1…"),  # an unsaved form, a second factor
    (
        re.compile(
            r"""(?ix)(\b(?:password\d?|passwd|secret|token|csrfmiddlewaretoken|csrftoken|sessionid|api_?key|
            authorization|cookie)["']?\s*[=:]\s*["']?)(?:(?:bearer|basic|token)\s+)?[^\s"'&;,]+"""
        ),
        r"\1…",
    ),
]
_QUOTED_ROW = re.compile(r"\bDETAIL:.*", re.DOTALL)
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")


def clean(text, length=LONGEST):
    """A text as the log may hold it: short, without what no line may hold, in one line that is what it looks like."""
    text = _QUOTED_ROW.sub("DETAIL: …", str(text))
    for pattern, kept in _SECRETS:
        text = pattern.sub(kept, text)
    text = addresses.shortened_in(text)
    return escaped(text if len(text) <= length else f"{text[:length]}…")


def escaped(text):
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


class JsonLine(logging.Formatter):
    """{"time", "level", "logger", "message"} and, where they are known, request, status, method, error, trace."""

    def format(self, record):
        return json.dumps(said(record), ensure_ascii=False)


class PlainLine(logging.Formatter):
    """The same for eyes; the places of an error below it."""

    def format(self, record):
        facts = said(record)
        line = "{time} {level} {logger}: {message}".format(**facts)
        line += "".join(f" {name}={facts[name]}" for name in ("status", "request") if name in facts)
        return "\n    ".join([line, *facts.get("trace", []), *filter(None, [facts.get("error")])])


def said(record):
    """What a line says, as a dict."""
    facts = {
        "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname,
        "logger": record.name,
        "message": clean(_message(record)),
    }
    if request_id.get():
        facts["request"] = request_id.get()
    if isinstance(status := getattr(record, "status_code", None), int):
        facts["status"] = status
    if method := getattr(getattr(record, "request", None), "method", ""):
        facts["method"] = clean(method, 10)
    if record.exc_info and record.exc_info[1]:
        facts |= _error(record.exc_info[1])
    return facts


def _message(record):
    try:
        return record.getMessage()
    except Exception as error:  # noqa: BLE001 (a line that cannot be put together is a line all the same)
        return f"{record.msg!r} ({type(error).__name__})"


def _error(error):
    chain, seen = [], set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        chain.append(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    first = [f"{type(one).__name__}: {(str(one).splitlines() or [''])[0]}" for one in chain]
    found = {"error": " ← ".join(clean(one, LONGEST_ERROR) for one in first[:4])}
    if isinstance(chain[0], SuspiciousOperation):  # a fault of who asked; a flood of them fills no disk with our places
        return found
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(chain[0].__traceback__)]
    return {**found, "trace": [clean(place, LONGEST_ERROR) for place in places[-MOST_PLACES:]]}
