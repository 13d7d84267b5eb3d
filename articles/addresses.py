"""Network addresses as they may be kept: the network, not the person. IPv4 to /24, IPv6 to /48."""

import ipaddress
import re

KEPT = {4: 24, 6: 48}  # bits
# Machines of the house, which are nobody's in particular: an operator has to know which one a line speaks of.
HOUSE = [
    ipaddress.ip_network(one)
    for one in ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::/127", "fc00::/7")
]
_FOUND = re.compile(
    r"(?<![\w.])(?:(?<!:)::ffff:)?(?:\d{1,3}\.){3}\d{1,3}(?!\.?\w)"
    r"|(?<![\w.:])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?!\w|\.\d)",
    re.IGNORECASE,
)


def shorten(text):
    """The network of an address ('203.0.113.0/24', '2001:db8:7::/48'), or of a network; '' for what is neither."""
    try:
        found = ipaddress.ip_interface(text).ip
    except ValueError:
        return ""
    if found.version == 6 and found.ipv4_mapped:
        found = found.ipv4_mapped
    return str(ipaddress.ip_network((int(found), KEPT[found.version]), strict=False))


def shortened_in(text):
    """A text with every address in it shortened, but for those of the house."""
    return _FOUND.sub(_shortened, text)


def _shortened(match):
    try:
        found = ipaddress.ip_address(match[0])
    except ValueError:
        return match[0]
    return match[0] if any(found in network for network in HOUSE) else shorten(match[0])
