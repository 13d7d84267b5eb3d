"""Addresses that lead inside: whatever stands in a text or an import, this machine and its network are not asked."""

import re
import socket
from pathlib import Path

import pytest
from django.core.cache import cache

from articles import importers
from articles.editorial import checks
from articles.editorial.checks import outside
from tests import factories

from . import corpus

ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//|\\\\)[^\s\"'<>]+", re.IGNORECASE)
SAMPLE = [
    "http://127.0.0.1:{port}/", "http://localhost:{port}/", "http://[::1]:{port}/", "http://2130706433:{port}/",
    "http://0x7f000001:{port}/", "http://0177.0.0.1:{port}/", "http://127.1:{port}/", "http://0:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/", "http://127.0.0.1.nip.io:{port}/", "http://u:p@127.0.0.1:{port}/",
    "http://169.254.169.254/latest/meta-data/", "http://①②⑦.0.0.1/", "//127.0.0.1:{port}/", "\\\\127.0.0.1:{port}\\x",
    "http:\\\\127.0.0.1:{port}\\", "file:///etc/passwd", "ftp://127.0.0.1:{port}/", "gopher://127.0.0.1:{port}/_x",
    "http://127.0.0.1:80/", "http://127.0.0.1.nip.io/", "https://127.0.0.1.nip.io/", "http://①②⑦.0.0.1.nip.io/",
    "http://example.com\r\nHost: 127.0.0.1/", "http://example.com#@127.0.0.1:{port}/",
]  # fmt: skip


@pytest.fixture
def inside(settings, monkeypatch):
    """Every name leads to this machine, and every connection is counted; `port` is one where somebody listens."""
    settings.CHECK_LINKS = True
    cache.clear()
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(0)
    found = {"port": server.getsockname()[1], "asked": []}
    real = socket.getaddrinfo

    def lead_here(host, port, *args, **kwargs):
        try:
            return real(host, port, *args, flags=socket.AI_NUMERICHOST, **kwargs)
        except OSError:
            return real("127.0.0.1", port, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", lead_here)
    monkeypatch.setattr(socket, "create_connection", lambda where, **_kw: found["asked"].append(where))
    yield found
    with pytest.raises(BlockingIOError):
        server.accept()
    server.close()
    cache.clear()


def test_no_way_of_writing_this_machine_reaches_it(inside):
    addresses = [address.format(port=inside["port"]) for address in SAMPLE]
    assert not any(outside.is_dead(address) for address in addresses)
    outside.look(addresses)
    assert inside["asked"] == []


@corpus.needed
@pytest.mark.django_db
def test_no_address_of_the_corpus_is_asked_by_the_checks_of_a_text_or_an_import(inside):
    files = [path for path, _expected in corpus.files("xml") if "ssrf" in path.name]
    assert files
    found = set()
    for path in files:
        data = path.read_bytes()
        found |= set(ADDRESS.findall(data.decode("utf-8", "replace")))
        with pytest.raises(importers.ImportRefused):
            importers.parse(data, path.name)
    hostile = {address for address in found if not re.match(r"https?://(www\.)?(wordpress|purl|w3|example)", address)}
    assert len(hostile) >= 20
    links = "".join(f'<p><a href="{address}">x</a><img src="{address}"></p>' for address in sorted(hostile))
    checks.look_outside(factories.draft(body=links))
    for address in sorted(hostile):
        outside.is_dead(address)
    assert inside["asked"] == []


def test_whatever_opens_a_connection_is_known_here():
    """Each of these was judged: who writes another one brings the rules of checks/outside.py."""
    known = {
        "editorial/checks/addresses.py": "reads addresses",
        "editorial/checks/outside.py": "asks after links",
        "receipts/asking.py": "asks this site alone, at SITE_URL or RECEIPT_URL of the operator",
        "pagecache/ahead.py": "purges at PURGE_URLS of the operator",
    }
    opens = re.compile(
        r"^\s*(?:import|from) (?:socket|http\.client|urllib\.request|requests|httpx|aiohttp|ftplib)\b", re.M
    )
    root = Path(__file__).parent.parent.parent / "articles"
    found = {str(file.relative_to(root)) for file in root.rglob("*.py") if opens.search(file.read_text("utf-8"))}
    assert found == set(known)
