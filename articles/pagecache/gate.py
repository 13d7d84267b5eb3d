"""Answers what anonymous readers ask for before Django is asked: a WSGI application around another.

Design notes
- What is kept is rendered for nobody: of the request only method, host, path, protocol and the known parameters are
  passed on. No cookie, no address, no language, no browser: so nothing of a reader can stand in a page, whatever a view
  or a template does. An answer is kept only if its view named its tags (`Cache-Tag`), and it sets no cookie, is not
  private, and varies by nothing but the encoding. What is not kept is asked for again, by the reader's own request.
- Who has a session or a CSRF cookie, or sends Authorization, passes by. Cookies of others (statistics) do not matter.
- The host is checked against ALLOWED_HOSTS and is in no key: no page depends on it, absolute addresses come from
  SITE_URL. Parameters that only tell where a reader comes from are left out; with an unknown one the store is not used,
  so nobody fills it with ?x=1, ?x=2, …
- A page of the future was made before the clock was put back: it may show what is not due any more, and is let go.
- Past its lifetime a page is made by the first who asks; whoever asks meanwhile gets the old one (SOFT purges too).
  After a PLAIN purge the others wait for the new page, WAIT at most. While the database is down the old one is shown up
  to a day past its lifetime, and said to be stale; but not what was withdrawn (HARD).
"""

import time
from io import BytesIO
from urllib.parse import parse_qsl, urlencode

from django.utils import timezone

from articles import hosts

from .entry import NOT_KEPT, Entry, encoding
from .tags import Level

PARAMETERS = {"truoc", "xep", "q", "tu", "den", "muc", "tac-gia", "the-loai", "trang"}
API = "/api/"
OF_API = {
    "before",
    "limit",
    "q",
    "section",
    "author",
    "topic",
    "genre",
    "day",
    "month",
    "since",
    "until",
    "order",
    "page",
}
ASIDE = {"fbclid", "gclid", "zarsrc", "zalo_source", "dclid", "msclkid", "igshid", "ref_src"}  # and utm_…: whence
PASSED = ("/admin", "/static/", "/media/", "/xem-truoc/", "/xem-ban/", "/y-kien/", "/dem/", "/healthz", "/readyz")
LONGEST_KEY, LARGEST = 600, 5_000_000
KEPT = ("200", "301", "404", "410")
GRACE = 5  # seconds, see purges.py
OVERTIME = 600  # seconds past its lifetime in which a page may be shown while it is made anew
LAST_RESORT = 24 * 3600  # seconds past its lifetime in which a page is shown when the database is down
WAIT, LOOK = 3.0, 0.005  # seconds: for another request to make the page; between two looks whether it did
DOWN = 2.0  # seconds in which a database that did not answer is not asked by those who can be answered without
BY_ITSELF = 60.0  # seconds in which a page that cannot be kept is not tried again
MOST = 1_000  # of what is remembered by the names that readers send

COUNTED = "newsroom.wait"  # in a request that was counted (`admits`): the seconds it has to wait, 0 when it may
_PLAIN = {"REQUEST_METHOD", "SCRIPT_NAME", "PATH_INFO", "SERVER_NAME", "SERVER_PORT", "SERVER_PROTOCOL", "HTTP_HOST"}
_PLAIN |= {"HTTP_X_FORWARDED_PROTO", COUNTED}


class Gate:
    """`store`, `purges`, `leases` and `agenda` as in their modules; `heading` gives the headers for the caches
    in front (ahead.py); `cookies` are the names that make a request somebody's own; `admits` tells of a request whether
    a page may be made for it (newsroom/limits.py): what is kept costs nothing and is never refused."""

    def __init__(self, application, *, store, purges, leases, agenda, heading, hosts, cookies, is_secure=None, admits):
        self.application, self.store, self.purges, self.leases = application, store, purges, leases
        self.agenda, self._heading, self._is_secure = agenda, heading, is_secure
        self._hosts, self._cookies, self._admits = hosts, cookies, admits
        self._near, self._ask = store.near, purges.ask
        self._good_hosts, self._queries, self._by_itself = set(), {}, {}
        self._down_until = 0.0

    def __call__(self, environ, start_response):
        key = self._key(environ)
        if key is None:
            return self.application(environ, start_response)
        entry, now = self._near.get(key), time.time()
        if entry is not None and entry.checked == self._ask(0) and entry.born <= now < entry.fresh_until:
            entry.is_used = True
            return self._answer(entry, environ, start_response, "hit", now)
        return self._beyond(key, environ, start_response)

    # What is asked for

    def _key(self, environ):
        """The name under which the answer is kept, or None for what passes by."""
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"} or "HTTP_AUTHORIZATION" in environ:
            return None
        cookie = environ.get("HTTP_COOKIE")
        if cookie and any(name in cookie for name in self._cookies):
            return None
        path = environ["PATH_INFO"]
        if path.startswith(PASSED) or environ.get("SCRIPT_NAME") or len(path) > LONGEST_KEY:
            return None
        if environ.get("HTTP_HOST") not in self._good_hosts and not self._is_ours(environ.get("HTTP_HOST", "")):
            return None
        if self._is_secure and not self._is_secure(environ):
            return None
        query = environ.get("QUERY_STRING")
        return path if not query else self._with_query(path, query)

    def _is_ours(self, host):
        is_good = hosts.is_ours(host, self._hosts)
        if is_good and len(self._good_hosts) < MOST:
            self._good_hosts.add(host)
        return is_good

    def _with_query(self, path, query):
        is_api = path.startswith(API)
        known = self._queries.get((is_api, query))
        if known is None:
            known = _known(query, OF_API if is_api else PARAMETERS)
            if len(self._queries) < MOST:
                self._queries[is_api, query] = known
        return path if known == "" else known and f"{path}?{known}"

    # What is answered

    def _answer(self, entry, environ, start_response, how, now):
        about = [("X-Cache", how), *self._heading.passing(entry, now)]
        if entry.is_known(environ) and entry.status.startswith("200"):
            start_response("304 Not Modified", entry.unchanged + about)
            return []
        headers, body = entry.prepared(encoding(environ.get("HTTP_ACCEPT_ENCODING", "")))
        start_response(entry.status, headers + about)
        return body if environ["REQUEST_METHOD"] == "GET" else []

    def _beyond(self, key, environ, start_response):
        """No page at hand that is known to be good: find one, make one, or wait for who makes it."""
        until = time.monotonic() + WAIT
        while self._by_itself.get(key, 0) < time.monotonic():
            entry, level = self._find(key)
            if entry and level is None:
                return self._answer(entry, environ, start_response, "hit", time.time())
            if self._is_down() and _serves(entry, level, time.time()):
                return self._answer(entry, environ, start_response, "stale", time.time())
            with self.leases.take(key) as mine:
                if mine or time.monotonic() > until:
                    return self._make(key, environ, start_response)
            if entry and level == Level.SOFT:
                return self._answer(entry, environ, start_response, "stale", time.time())
            time.sleep(LOOK)
        return self.application(environ, start_response)

    def _find(self, key, *, again=False):
        """(the entry or None, None when it is good, else the Level by which it is not)."""
        entry = self.store.get(key)
        level = entry and self._judge(entry)
        if again and "?" not in key and (entry is None or level is not None):
            found = self.store.load(key)
            if found and (entry is None or found.born > entry.born):
                entry, level = found, self._judge(found)
        if level == Level.HARD:
            self.store.drop(key)
            return None, None
        return entry, level

    def _judge(self, entry):
        now, number = time.time(), self.purges.number()
        if entry.born > now:
            return Level.HARD
        if number is None:
            late = now - entry.born - GRACE
            return None if late < 0 else Level.SOFT if late < GRACE else Level.PLAIN
        level = self.purges.judge(entry.number, entry.tags)
        if now >= entry.fresh_until:
            late = Level.SOFT if now < entry.fresh_until + OVERTIME else Level.PLAIN
            level = late if level is None else max(level, late)
        if level is None:
            entry.checked = number
        return level

    def _make(self, key, environ, start_response):
        """Have the page rendered, keep it if it may be kept, and answer; unless somebody just did."""
        entry, level = self._find(key, again=True)
        number, born = self.purges.number(), time.time()
        if entry and level is None:
            return self._answer(entry, environ, start_response, "hit", born)
        if not self._admits(environ):
            return self.application(environ, start_response)
        began = timezone.now()
        answer = Answer(self.application, plain(environ, key))
        if answer.status.startswith("503"):
            self._down_until = time.monotonic() + DOWN
            if _serves(entry, level, born):
                return self._answer(entry, environ, start_response, "stale", born)
        if made := self._kept(key, answer, number, born, began):
            return self._answer(made, environ, start_response, "miss", born)
        if answer.status.startswith("5"):
            return answer.send(environ, start_response)
        if len(self._by_itself) >= MOST:
            self._by_itself.clear()
        self._by_itself[key] = time.monotonic() + BY_ITSELF
        return self.application(environ, start_response)

    def _kept(self, key, answer, number, born, began):
        if not answer.may_be_kept():
            return None
        named = answer.tags()
        headers = [pair for pair in answer.headers if pair[0].lower() not in NOT_KEPT]
        headers += self._heading.lasting(named)
        until = born + GRACE if number is None else self.agenda.end(named, began, number, self.purges.judge)
        entry = Entry(key, answer.status, headers, named, number or 0, born, until, {"": answer.body})
        self.store.put(entry)
        return entry

    def _is_down(self):
        return time.monotonic() < self._down_until


def _serves(entry, level, now):
    """Whether an old page is better than none."""
    return entry is not None and level != Level.HARD and now < entry.fresh_until + LAST_RESORT


def _known(query, parameters):
    """The parameters that pages read, in one order; None where there are others."""
    try:
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=20)
    except ValueError:
        return None
    pairs = [(name, value) for name, value in pairs if name not in ASIDE and not name.startswith("utm_")]
    names = [name for name, _value in pairs]
    if not parameters.issuperset(names) or len(set(names)) < len(names):
        return None
    found = urlencode(sorted(pairs))
    return found if len(found) <= LONGEST_KEY else None


def plain(environ, key):
    """The request of nobody in particular for the page of a key."""
    found = {name: environ[name] for name in _PLAIN if name in environ}
    found |= {name: value for name, value in environ.items() if name.startswith("wsgi.")}
    query = key.partition("?")[2]
    return found | {"REQUEST_METHOD": "GET", "QUERY_STRING": query, "wsgi.input": BytesIO()}


class Answer:
    """What a WSGI application answers, read to its end."""

    def __init__(self, application, environ):
        self.status, self.headers = "", []
        chunks = application(environ, self._start)
        try:
            self.body = b"".join(chunks)
        finally:
            if hasattr(chunks, "close"):
                chunks.close()

    def _start(self, status, headers, exc_info=None):
        self.status, self.headers = status, headers

    def named(self, name):
        return ", ".join(value for key, value in self.headers if key.lower() == name)

    def tags(self):
        return self.named("cache-tag").split()

    def may_be_kept(self):
        rules = self.named("cache-control").lower()
        varies = {one.strip() for one in self.named("vary").lower().split(",")} - {""}
        return (
            self.status.startswith(KEPT)
            and bool(self.tags())
            and not self.named("set-cookie")
            and not self.named("content-encoding")
            and "private" not in rules
            and "no-store" not in rules
            and varies <= {"accept-encoding"}
            and len(self.body) <= LARGEST
        )

    def send(self, environ, start_response):
        start_response(self.status, self.headers)
        return [self.body] if environ["REQUEST_METHOD"] == "GET" else []
