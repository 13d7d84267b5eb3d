"""XML reaches two parsers: that of pages, which takes feeds and exports for no page, and that of a picture's XMP.

There is no importer of WXR or feeds; whoever writes one finds here what it has to stand.
"""

import io
import resource
import socket
import threading
import time
from collections import Counter

import pytest
from PIL import Image

from articles import attachments, decoding, importers, metadata, renditions
from articles.importers import saving
from articles.models import Article, State

from . import corpus

SECONDS, GROWTH = 1, 200 * 1024  # of one file; KB of this process
SECRETS = ("root:x:", "Nguon tin mat")


@pytest.fixture
def nobody_is_asked(monkeypatch):
    """No connection and no question to a name server leaves this thread."""
    asked, here, connect = [], threading.get_ident(), socket.socket.connect

    def refuse(own, where):
        if threading.get_ident() != here or own.family == socket.AF_UNIX or own.getsockopt(
            socket.SOL_SOCKET, socket.SO_TYPE) == socket.SOCK_DGRAM:  # fmt: skip
            return connect(own, where)
        asked.append(where)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *args, **kwargs: asked.append(host) or [])
    yield
    assert asked == []


def with_xmp(packet):
    out = io.BytesIO()
    Image.new("RGB", (32, 24)).save(out, "WEBP", xmp=packet)
    return out.getvalue()


BOMB = b'<!DOCTYPE x [<!ENTITY a "%s"><!ENTITY b "&a;&a;&a;&a;">]><x y="&b;">&b;</x>' % (b"Nguon tin mat " * 1000)
SAMPLE = [
    BOMB, BOMB.decode().encode("utf-16"), b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
    b'<!DOCTYPE x SYSTEM "http://127.0.0.1:8301/x.dtd"><x/>', b"<a>" * 100_000, b"<x " + b'a="1" ' * 1000 + b"/>",
    b'<?xml version="1.0"?><rss><channel><item><title>Tin</title></item></channel></rss>', b"\xff\xfe<\0x\0/\0>\0",
]  # fmt: skip


def assert_harmless(data, name):
    """What comes of a file by each way in; the page it was taken for, or the sentence that it is none."""
    said = metadata.read(with_xmp(data))
    assert not any(secret in " ".join(map(str, said)) for secret in SECRETS), name
    with pytest.raises(decoding.Refused):
        decoding.read(data, renditions.RULES)
    for ending in ("xml", "svg", "docx"):
        with pytest.raises(attachments.AttachmentRefused):
            attachments.check(f"tep.{ending}", data[: attachments.HEAD], len(data))
    try:
        page = importers.parse(data, name)
    except importers.ImportRefused as refused:
        return str(refused)
    assert not any(secret in page.body + page.lede for secret in SECRETS), name
    assert "<script" not in page.body.lower()
    return page


@pytest.mark.usefixtures("nobody_is_asked")
def test_no_entity_is_expanded_and_nothing_fetched_by_any_way_in():
    for number, data in enumerate(SAMPLE):
        assert_harmless(data, f"{number}.xml")


@corpus.needed
@pytest.mark.django_db
@pytest.mark.usefixtures("nobody_is_asked")
def test_every_file_of_the_corpus_is_refused_or_a_draft_and_twice_is_once():
    outcomes, before = Counter(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for path, expected in corpus.files("xml"):
        data, begun = path.read_bytes(), time.perf_counter()
        page = assert_harmless(data, path.name)
        assert time.perf_counter() - begun < SECONDS, (path.name, expected)
        outcomes[type(page)] += 1
        assert isinstance(page, str) or not expected.startswith(("refused", "importer refuses")), path.name
        if isinstance(page, str):
            assert page.endswith("."), path.name
        else:
            first, second = (saving.save(page, data, path.name) for _round in range(2))
            assert (second.kind, second.article.pk) == (saving.SKIPPED, first.article.pk), path.name
    assert outcomes[str] > 900
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < GROWTH
    assert set(Article.objects.values_list("state", flat=True)) <= {State.DRAFT}
    assert not Article.objects.published().exists()
