"""What stands in front of this server (CACHE_IN_FRONT), and what it is told: how long a page is good, and its tags.

    none     browsers only; `Age` says how old the page is
    nginx    proxy_cache, which knows no tags: to the end of this second, then it asks again by ETag (X-Accel-Expires)
    varnish  as long as the page is good here (Surrogate-Control); purged by tag (xkey, filled from Cache-Tag)
    cdn      the same, an hour at most; purged by tag (Surrogate-Key, and Cache-Tag with commas)

Browsers are told "no-cache" by the page itself in every case: keep it, and ask whether it is still good.

Design notes
- No `s-maxage`: any proxy on the way would believe it, and no purge reaches those. What is said here is said in headers
  that only the cache in front reads, and takes out.
- A purge goes by HTTP: a request PURGE to each of PURGE_URLS with the tags in `xkey-purge` (Varnish's module takes them
  from there), `Surrogate-Key` and `Cache-Tag`; for SOFT ones `X-Purge: soft` stands beside `xkey-purge`, and a CDN is
  left to its lifetime. It is owed in the transaction of the change and tried until it is done.
- What was purged here is rendered anew before a cache in front can ask: this store is purged first.
"""

from urllib.error import URLError
from urllib.request import Request, urlopen

from .tags import ALL, SITE, Level

MOST, LEAST = {"varnish": 24 * 3600, "cdn": 3600}, 1  # seconds
TIMEOUT = 2  # seconds: a cache in front that does not answer is asked again later
A_REQUEST = 50  # tags in one request: what fits into a header everywhere


class Heading:
    def __init__(self, kind):
        self._kind = kind
        self.passing = {"none": _age, "nginx": _second}.get(kind, self._lifetime)

    def lasting(self, tags):
        """The headers that stay the same as long as a page does."""
        words = " ".join(tags)
        if self._kind == "cdn":
            return [("Cache-Tag", ",".join(tags)), ("Surrogate-Key", words)]
        return [("Cache-Tag", words)]

    def _lifetime(self, entry, now):
        left = max(LEAST, min(int(entry.fresh_until - now), MOST[self._kind]))
        if self._kind == "varnish":
            return [("Surrogate-Control", f"max-age={left}")]
        rule = f"max-age={left}, stale-while-revalidate=60, stale-if-error=86400"
        return [("Surrogate-Control", rule), ("CDN-Cache-Control", rule)]


def _age(entry, now):
    return [("Age", str(int(now - entry.born)))]


def _second(entry, now):
    return [("X-Accel-Expires", f"@{int(now)}")]  # a moment; "1" would be up to two seconds


def send(address, purge):
    """Have the cache at an address let go of pages; raises OSError when it did not. `purge`: {tag: Level}.

    "all" is no tag of any page; every page bears "site".
    """
    firm = sorted({SITE if tag == ALL else tag for tag, level in purge.items() if level > Level.SOFT})
    soft = sorted(tag for tag, level in purge.items() if level == Level.SOFT)
    for some in _in_parts(firm):
        _ask(address, {"xkey-purge": " ".join(some), "Surrogate-Key": " ".join(some), "Cache-Tag": ",".join(some)})
    for some in _in_parts(soft):
        _ask(address, {"xkey-purge": " ".join(some), "X-Purge": "soft"})


def _in_parts(words):
    return [words[first : first + A_REQUEST] for first in range(0, len(words), A_REQUEST)]


def _ask(address, headers):
    request = Request(address, method="PURGE", headers=headers)  # noqa: S310 (http and https, see environment.py)
    with urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310
        if answer.status >= 300:
            raise URLError(f"{address} answered {answer.status} to a purge.")
