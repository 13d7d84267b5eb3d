"""Where an address leads: a place of this site, or a host outside, and whether a browser may be sent there at all."""

import ipaddress
import re
import socket
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve

SCHEMES = {"http", "https", "mailto", "tel"}
PRIVATE_NAMES = ("localhost", "local", "internal", "intranet", "lan", "home", "corp", "home.arpa", "onion")
NAT64 = ipaddress.ip_network("64:ff9b::/96")  # an IPv4 address in the clothes of a public IPv6 one
UNICAST = ipaddress.ip_network(
    "2000::/3"
)  # all that is given out of IPv6; site-local fec0:: passes for global elsewhere
METADATA = ipaddress.ip_address("168.63.129.16")  # of a cloud, at an address that looks public

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")  # a browser reads "java\nscript:" as "javascript:"
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)


@dataclass(frozen=True)
class Place:
    """An address of this site. `is_there`: some page answers for it; `is_desk`: not to readers."""

    path: str
    is_there: bool = False
    is_desk: bool = False
    article: int | None = None
    section: str = ""


@dataclass(frozen=True)
class Link:
    """An address as it was written, and the part of the document where it stands."""

    address: str
    where: str

    @cached_property
    def plain(self):
        """As a browser reads it."""
        return _CONTROL.sub("", self.address).strip().replace("\\", "/")

    @cached_property
    def scheme(self):
        match = _SCHEME.match(self.plain)
        return match[1].lower() if match else ""

    @cached_property
    def parts(self):
        """The parts of a web address, or None of what is none."""
        if self.scheme not in {"", "http", "https"}:
            return None
        try:
            parts = urlsplit(self.plain, scheme="https")
            _port = parts.port
        except ValueError:
            return None
        return parts

    @cached_property
    def place(self):
        """The Place of this site that it leads to, or None."""
        return place_of(self.parts) if self.parts else None

    @property
    def is_outside(self):
        return self.parts is not None and bool(self.parts.hostname) and not self.place

    @cached_property
    def is_unsafe(self):
        """A script, a file, a disguise, a machine of one's own network: nothing that readers may be sent to."""
        if self.scheme and self.scheme not in SCHEMES:
            return True
        if not self.is_outside:
            return False
        return "@" in self.parts.netloc or is_private_name(self.parts.hostname)

    @property
    def leads_nowhere(self):
        """No address at all, such as "www.baohoabinh.com.vn" without its https://."""
        if self.scheme in {"mailto", "tel"}:
            return False
        return self.parts is None or not (self.place or self.is_outside or self.plain.startswith(("#", "?")))


def place_of(parts):
    """The Place that a split address names, or None for another site's."""
    if parts.netloc and parts.netloc != urlsplit(settings.SITE_URL).netloc:
        return None
    if not parts.path.startswith("/") and not parts.netloc:
        return None
    path = unquote(parts.path) or "/"
    if path.startswith(settings.STATIC_URL):
        return Place(path, is_there=True)
    for asked in (path, f"{path}/"):
        try:
            found = resolve(asked)
        except (Resolver404, ValueError):
            continue
        name, words = found.url_name or "", found.kwargs
        return Place(
            path,
            is_there=True,
            is_desk="admin" in found.namespaces or name.startswith("preview"),
            article=int(words["pk"]) if name == "article" else None,
            section=words["section"] if name == "section" else "",
        )
    return Place(path)


def is_private_name(host):
    """A host of somebody's own network, judged by its name alone: nobody is asked."""
    host = host.rstrip(".").lower()
    if literal := address_of(host):
        return not is_public(literal)
    return "." not in host or host.endswith(tuple(f".{name}" for name in PRIVATE_NAMES))


def address_of(host):
    """The IP address that a host is written as, also as 2130706433, 0x7f.1 or 127.1; or None for a name."""
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        pass
    try:
        return ipaddress.ip_address(socket.inet_aton(host)) if re.fullmatch(r"[0-9a-fx.]+", host) else None
    except (OSError, ValueError):
        return None


def is_public(address):
    """Whether an IP address belongs to the public internet: not loopback, private, link-local, CGNAT, multicast …"""
    inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    if address.version == 6 and address in NAT64:
        inner = ipaddress.ip_address(int(address) & 0xFFFFFFFF)
    if inner:
        return is_public(inner)
    if address == METADATA or (address.version == 6 and address not in UNICAST):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved
