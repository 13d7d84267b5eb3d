"""A page as it is kept: ready to be sent, and as a file.

Design notes
- All that a hit sends is made once: the headers as a list, the body for each encoding when it is first asked for.
- The file is a line with the digest of the rest, a line of JSON, and the body as Brotli. No pickle: whoever could write
  into the folder would otherwise run code in the server. What does not answer its digest, its name or this release is
  no entry.
"""

import gzip
import hashlib
import json
import time
from email.utils import parsedate_to_datetime

import brotli

MAGIC = b"newsroom page 1 "
QUALITY, GZIP_LEVEL = 5, 6  # a page of 60 KB in about 2 ms each
NOT_KEPT = {"content-length", "content-encoding", "etag", "x-cache", "age", "date", "connection", "vary", "cache-tag"}
_choices = {}  # {Accept-Encoding as it was sent: the encoding we answer with}


def encoding(accepted):
    """'br', 'gzip' or '' of a request's Accept-Encoding."""
    found = _choices.get(accepted)
    if found is None:
        found = _chosen(accepted)
        if len(_choices) < 256:
            _choices[accepted] = found
    return found


def _chosen(accepted):
    wanted = set()
    for part in accepted.lower().split(","):
        name, _semicolon, weight = part.partition(";")
        if weight.strip().replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}:
            wanted.add(name.strip())
    return next((name for name in ("br", "gzip") if name in wanted), "")


class Entry:
    __slots__ = (
        *("key", "status", "headers", "tags", "number", "checked", "born", "fresh_until", "etag", "modified"),
        *("bodies", "ready", "unchanged", "is_used"),
    )

    def __init__(self, key, status, headers, tags, number, born, fresh_until, bodies):
        """`headers`: [(name, value)] without those that depend on the request; `bodies`: {encoding: bytes}, of which
        one is enough; `number`: that of the last purge before the rendering began."""
        self.key, self.status, self.tags, self.number = key, status, tuple(tags), number
        self.headers, self.bodies = headers, bodies
        self.born, self.fresh_until = born, fresh_until
        self.checked = number
        self.ready, self.is_used = {}, False
        named = {name.lower(): value for name, value in headers}
        self.modified = named.get("last-modified")
        self.etag = f'W/"{hashlib.blake2b(self.body(""), digest_size=12).hexdigest()}"'
        # What varies, varies also where nothing is sent (RFC 9110, 15.4.5).
        self.unchanged = [
            *((name, value) for name, value in headers if name.lower() != "content-type"),
            ("ETag", self.etag),
            ("Vary", "Accept-Encoding"),
        ]

    def body(self, coding):
        found = self.bodies.get(coding)
        if found is None:
            found = self.bodies[coding] = self._coded(coding)
        return found

    def _coded(self, coding):
        if coding == "":
            return brotli.decompress(self.bodies["br"])
        plain = self.body("")
        if coding == "br":
            return brotli.compress(plain, quality=QUALITY)
        return gzip.compress(plain, GZIP_LEVEL, mtime=0)

    @property
    def size(self):
        """Bytes in memory, about."""
        return 2_000 + 2 * len(self.bodies.get("") or b"") + sum(map(len, self.tags))

    def prepared(self, coding):
        """(headers, body) of an answer in an encoding."""
        found = self.ready.get(coding)
        if found is None:
            body = self.body(coding)
            coded = [("Content-Encoding", coding)] if coding else []
            length = [("Content-Length", str(len(body)))]
            found = self.ready[coding] = ([*self.headers, *self.unchanged[-2:], *coded, *length], [body])
        return found

    def is_known(self, environ):
        """Whether the sender has this page already; If-None-Match alone decides where it is sent (RFC 9110, 13.2.2)."""
        if (asked := environ.get("HTTP_IF_NONE_MATCH")) is not None:
            if asked == self.etag or asked.strip() == "*":
                return True
            return self.etag[2:] in {one.strip().removeprefix("W/") for one in asked.split(",")}
        since = environ.get("HTTP_IF_MODIFIED_SINCE")
        if since is None or self.modified is None:
            return False
        return since == self.modified or _is_later(since, self.modified)

    # As a file

    def to_bytes(self, release):
        told = {
            "key": self.key, "status": self.status, "headers": self.headers, "tags": self.tags, "number": self.number,
            "born": self.born, "fresh_until": self.fresh_until, "release": release,
        }  # fmt: skip
        rest = json.dumps(told).encode() + b"\n" + self.body("br")
        return MAGIC + hashlib.sha256(rest).hexdigest().encode() + b"\n" + rest


def _is_later(since, modified):
    try:
        return parsedate_to_datetime(since) >= parsedate_to_datetime(modified)
    except (TypeError, ValueError):
        return False


def from_bytes(text, key, release):
    """The Entry that a file holds, or None where it holds none of that key. One of another release names styles and
    scripts that may be gone: it is kept for the hour in which nothing better can be made."""
    head, _newline, rest = text.partition(b"\n")
    if not head.startswith(MAGIC) or head[len(MAGIC) :] != hashlib.sha256(rest).hexdigest().encode():
        return None
    told, _newline, body = rest.partition(b"\n")
    told = json.loads(told)
    if told.pop("key") != key:
        return None
    if told.pop("release") != release:
        told["fresh_until"] = min(told["fresh_until"], time.time() - 24 * 3600 / 2)
    told["headers"] = [tuple(pair) for pair in told["headers"]]
    entry = Entry(key, bodies={"br": body}, **told)
    entry.checked = None
    return entry
