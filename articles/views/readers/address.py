"""Where a request comes from: the one place that reads an address, and the one that asks for the same origin."""

import ipaddress

from django.conf import settings


def client_address(request):
    """The sender's network address, '' where there is none. A reader's is used at once and never stored; that of the
    desk's people stands in the trail.

    Behind a proxy (BEHIND_PROXY) the last entry of X-Forwarded-For, which is the proxy's own word; the ones before it
    are whatever the sender wrote. An IPv6 subscriber holds 2**64 addresses, so those count as one.
    """
    return address_in(request.META)


def address_in(environ):
    """The same of a request that did not reach Django yet."""
    texts = [environ.get("REMOTE_ADDR", "")]
    if settings.BEHIND_PROXY:
        texts.insert(0, environ.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip())
    for text in texts:
        try:
            found = ipaddress.ip_address(text)
        except ValueError:
            continue
        if found.version == 6 and found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(found) if found.version == 4 else str(ipaddress.ip_network((int(found), 64), strict=False))
    return ""


def is_same_origin(request):
    """Whether a page of ours sent this: what the browser says of it, which no other site can change.

    In the place of a CSRF cookie, because readers have no cookie and so nothing that a foreign page could use.
    """
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    return request.headers.get("Origin") in {settings.SITE_URL, f"{request.scheme}://{request.get_host()}"}
