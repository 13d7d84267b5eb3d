"""Asking other sites whether a page is there, without letting a link in a text reach into our own network (SSRF).

Design notes
- Off unless the operator sets CHECK_LINKS=1. What was learnt is kept in the cache for an hour, so a form shows it and a
  transition uses it without asking anybody.
- A name is resolved once, every address it has must be public, and the connection goes to that very address: a name
  server that answers differently the second time gains nothing. HEAD only, http and https on their own ports, three
  redirects at most, each judged like the first address. Nothing of the answer but its head is read, and a line that
  dribbles is cut when the time is over.
- Doubt counts for the page: 403, 405, 429 and 5xx come from pages that are there, and a slow line is nobody's fault.
  Dead is what answers 404 or 410, a name that does not exist, a machine where nothing listens.
"""

import http.client
import socket
import ssl
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from hashlib import sha256
from threading import Timer
from time import monotonic
from urllib.parse import urljoin

from django.conf import settings
from django.core.cache import cache
from django.utils.encoding import iri_to_uri

from .addresses import Link, address_of, is_public

SECONDS = 3  # for one page with its redirects; also what a person waits for up to five links
AT_ONCE = 5
MOST = 15  # links of a text that are asked; the rest counts as alive
REDIRECTS = 3
REMEMBERED = 3600  # seconds
PORTS = {"http": 80, "https": 443}
GONE, MOVED = {404, 410}, {301, 302, 303, 307, 308}


class Refused(Exception):
    """An address that is not asked, whatever stands behind it."""


def look(addresses):
    """Ask after those that nothing is known of. Answers nothing: `known` does."""
    if not settings.CHECK_LINKS:
        return
    fresh = _unknown(list(dict.fromkeys(addresses)))[:MOST]
    pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="links")
    asked = {pool.submit(is_dead, address): address for address in fresh}
    # A name server that never answers holds its thread, not the person: what has not answered counts as alive.
    done, _late = wait(asked, timeout=SECONDS * (1 + (len(fresh) - 1) // AT_ONCE)) if asked else ((), ())
    pool.shutdown(wait=False, cancel_futures=True)
    cache.set_many({_key(asked[one]): one.result() for one in done if not one.exception()}, REMEMBERED)


def known(addresses):
    """Those of the addresses of which it is known that nothing is there."""
    if not settings.CHECK_LINKS or not addresses:
        return set()
    found = cache.get_many({_key(address) for address in addresses})
    return {address for address in addresses if found.get(_key(address))}


def is_dead(address):
    """Whether nothing answers at an address, or the answer is that nothing is there. Never of what is not asked."""
    deadline = monotonic() + SECONDS
    try:
        for _hop in range(REDIRECTS + 1):
            status, location = _head(address, deadline)
            if status not in MOVED or not location:
                return status in GONE
            address = urljoin(address, location)
    except (ConnectionRefusedError, UnicodeError):  # UnicodeError: no name that a name server could be asked for
        return True
    except socket.gaierror as error:
        return error.errno != socket.EAI_AGAIN
    except (Refused, OSError, http.client.HTTPException, ValueError):
        return False
    return False


def _head(address, deadline):
    """(status, Location) of a page."""
    parts, host, port = _target(address)
    connection = http.client.HTTPConnection(host, port)
    connection.sock = _connect(resolve(host, port), deadline, host if parts.scheme == "https" else "")
    cut = Timer(max(0, deadline - monotonic()), _cut, [connection.sock])
    cut.daemon = True
    cut.start()
    try:
        path = iri_to_uri(f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}")
        connection.putrequest("HEAD", path, skip_host=True, skip_accept_encoding=True)
        connection.putheader("Host", f"[{host}]" if ":" in host else host)
        connection.putheader("User-Agent", f"newsroom-links (+{settings.SITE_URL})")
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, answer.getheader("Location")
    finally:
        cut.cancel()
        connection.close()


def _cut(line):
    with suppress(OSError):  # the other side was quicker
        line.shutdown(socket.SHUT_RDWR)


def _target(address):
    """(its parts, host, port) of an address that may be asked, or Refused."""
    link = Link(address, "")
    if link.scheme not in PORTS or not link.is_outside or link.is_unsafe:
        raise Refused(address)
    if link.parts.port not in {None, PORTS[link.scheme]}:
        raise Refused(address)
    return link.parts, link.parts.hostname.encode("idna").decode(), PORTS[link.scheme]


def resolve(host, port):
    """The address to connect to; Refused when any address of the name is not public."""
    found = [row[4][:2] for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    literals = [address_of(where[0]) for where in found]
    if not found or any(literal is None or not is_public(literal) for literal in literals):
        raise Refused(host)
    return found[0]


def _connect(where, deadline, tls_host):
    left = deadline - monotonic()
    if left <= 0:
        raise TimeoutError
    plain = socket.create_connection(where, timeout=left)
    if not tls_host:
        return plain
    try:
        return ssl.create_default_context().wrap_socket(plain, server_hostname=tls_host)
    except BaseException:
        plain.close()
        raise


def _unknown(addresses):
    found = cache.get_many({_key(address) for address in addresses})
    return [address for address in addresses if _key(address) not in found]


def _key(address):
    return f"link:{sha256(address.encode(errors='replace')).hexdigest()[:40]}"
