"""Which Host header is ours. Asked by the page cache and by the first middleware: nothing answers under another name,
no kept page and no file either. Django alone would take any number for a port."""

from django.http.request import split_domain_port, validate_host

HIGHEST_PORT = 65535


def is_ours(host, allowed):
    domain, port = split_domain_port(host)
    return bool(domain) and validate_host(domain, allowed) and _is_port(port)


def _is_port(port):
    return not port or (port.isascii() and port.isdecimal() and len(port) <= 5 and int(port) <= HIGHEST_PORT)
