"""Hostile pictures at the door of the desk: made anew under our name, or refused with a sentence; small and soon."""

import io
import re
import resource
import subprocess
import time
from collections import Counter
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.files.storage import default_storage
from PIL import Image, ImageCms

from articles import decoding, renditions
from articles.admin.photos import limit
from articles.models import Photo, TrailEntry
from tests import base, factories

from . import corpus

pytestmark = pytest.mark.django_db

UPLOAD = "/admin/articles/photo/upload/"
SECONDS, MEMORY = 3, 300 * 1024  # of a processor for one file; KB of the process that decodes it
OURS = re.compile(r"\d{4}/\d{2}/[0-9a-f]{24}/[a-z0-9-]+\.(jpg|webp|avif)")
FORMATS = {"jpg": "JPEG", "webp": "WEBP", "avif": "AVIF"}
MARKS = [b"Exif", b"GPS", b"http://ns.adobe.com", b"Photoshop 3.0", b"<script", b"<?php", b"PK\x03\x04", b"%PDF"]


@pytest.fixture
def door(desk, monkeypatch):
    """door(name, bytes) is the answer to an upload under exactly that name, however hostile."""
    monkeypatch.setattr(limit, "UPLOADS_A_MINUTE", 10_000)
    monkeypatch.setattr(renditions.render, "__kwdefaults__", {
        **renditions.render.__kwdefaults__, "speed": renditions.IN_A_HURRY})  # fmt: skip
    cache.clear()
    client = desk("rita")

    def send(name, data):
        head = f'--xx\r\nContent-Disposition: form-data; name="upload"; filename="{name}"\r\n\r\n'
        body = head.encode("utf-8", "surrogatepass") + data + b"\r\n--xx--\r\n"
        return client.post(UPLOAD, body, content_type="multipart/form-data; boundary=xx")

    return send


def public_files():
    """{name: content} of all that readers can ask for."""
    root = Path(default_storage.location)
    return {str(file.relative_to(root)): file.read_bytes() for file in root.rglob("*") if not file.is_dir()}


def head_of(content):
    """What stands before the pixels; among these any three letters may stand by chance."""
    return content[: content.find(b"\xff\xda")] if content.startswith(b"\xff\xd8") else content[:64]


def assert_tells_nothing(name, content):
    assert OURS.fullmatch(name), name
    image = Image.open(io.BytesIO(content))
    assert (image.format, image.mode) == (FORMATS[name.rpartition(".")[2]], "RGB"), name
    assert image.width <= renditions.MASTER_WIDTH, name
    assert not image.getexif(), name
    assert not {"xmp", "photoshop", "comment", "icc_profile", "exif", "gps"} & set(image.info), name
    assert not [mark for mark in MARKS if mark in head_of(content)], name


def work():
    """Seconds of a processor, of this process and those it waited for: what a busy machine does not change."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def is_told(answer):
    """An address of ours, or a sentence in Vietnamese."""
    if answer.status_code == 200:
        return answer.json()["url"].endswith("/master.jpg")
    message = answer.json()["error"]["message"]
    return answer.status_code == 400 and message.endswith(".") and not message.isascii()


@corpus.needed
@pytest.mark.filterwarnings("ignore")  # Pillow's, about what it reads in the metadata
def test_every_picture_and_upload_ends_as_its_manifest_says(door, stranger, caplog):
    outcomes, slow = Counter(), {}
    for path, expected in corpus.files("images", "uploads"):
        begun = work()
        answer = door(path.name.replace('"', ""), path.read_bytes())
        slow[path.name] = work() - begun
        outcomes[answer.status_code] += 1
        assert is_told(answer), (path.name, answer.content)
        if re.match(r"reject(?!.*\bor\b)", expected):
            assert answer.status_code == 400, (path.name, expected)
        if re.match(r"accepted, |(published )?derivative", expected) and path.suffix != ".tif":
            assert answer.status_code == 200, (path.name, expected)
    assert outcomes[200] >= 150
    assert outcomes[400] >= 150
    assert max(slow.values()) < SECONDS, sorted(slow.items(), key=lambda item: -item[1])[:3]
    photos = list(Photo.objects.all())
    assert len(photos) == outcomes[200]
    for name, content in public_files().items():
        assert_tells_nothing(name, content)
    assert {stranger.get(f"/media/{photo.original}").status_code for photo in photos[:3]} == {404}
    told = Counter(TrailEntry.objects.filter(action="upload").values_list("outcome", flat=True))
    assert told == {TrailEntry.Outcome.DONE: outcomes[200], TrailEntry.Outcome.REFUSED: outcomes[400]}


@corpus.needed
def test_no_picture_of_the_corpus_takes_much_memory():
    """The largest of all processes that this one has waited for; a browser of an earlier test may have been larger."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    for path, _expected in corpus.files("images"):
        if path.stat().st_size > 30_000 or "bomb" in path.name or "frames" in path.name:
            try:
                decoding.decode(path.read_bytes(), renditions.RULES)
            except decoding.Refused:
                continue
    after = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    assert after == before or after < MEMORY


# Names


NAMES = [
    "../../x.png", "..\\..\\x.png", "/etc/passwd", "a/../../b.png", ".png", "x.png\\", "x.jpg;filename=x.html",
    "x.svg%00.png", "=cmd().png", "{{7*7}}.png", "x');alert(1);('.png", "x.PNG.HTML", ".htaccess", "a" * 400 + ".png",
    "ảnh bão số 3.jpg", "\u202egnp.exe", "x.png\r\nX-A: 1", "\x00.png", "",
]  # fmt: skip


def test_a_name_decides_nothing(door, stranger, tmp_path):
    names = [*NAMES, *(corpus.strings("http/upload_names.json") if corpus.FOLDER else [])]
    data = factories.picture_bytes(size=(32, 24))
    for name in names:
        answer = door(name, data)
        assert is_told(answer), (name, answer.content)
    for name, content in public_files().items():
        assert_tells_nothing(name, content)
    assert {path.name for path in tmp_path.iterdir()} <= {"media", "originals", "pages"}
    photo = Photo.objects.first()
    factories.published(photo=photo)
    shown = stranger.get(photo.url)
    base.close_file(shown)
    assert shown["Content-Disposition"] == "inline"
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in shown["Content-Security-Policy"]


# The process that decodes


def test_what_takes_too_long_or_too_much_is_ended_and_said(door, monkeypatch):
    data = factories.picture_bytes()
    scans = factories.picture_bytes(size=(4000, 4000), progressive=True)
    last = scans.rindex(b"\xff\xda")
    bomb = scans[:-2] + scans[last:-2] * ((9 * 2**20 - len(scans)) // len(scans[last:-2])) + b"\xff\xd9"
    begun = time.perf_counter()
    answer = door("quet.jpg", bomb)
    assert time.perf_counter() - begun < 15  # two seconds of a processor, on however busy a machine
    assert answer.status_code == 400
    assert "JPEG" in answer.json()["error"]["message"]
    monkeypatch.setattr(decoding, "SECONDS", 0)
    assert door("cham.jpg", data).status_code == 400
    assert not Photo.objects.exists()


def test_a_decoder_that_does_not_start_is_no_fault_of_the_picture(monkeypatch):
    monkeypatch.setattr(decoding, "_START", "raise SystemExit(3)")
    with pytest.raises(OSError, match="cannot be started"):
        decoding.decode(factories.picture_bytes(), renditions.RULES)


def test_the_decoder_knows_nothing_of_the_newsroom(monkeypatch):
    asked = {}

    def run(program, **options):
        asked.update(options, program=program)
        return subprocess.CompletedProcess(program, 0, b'{"mode": "RGB", "size": [1, 1]}\nabc', b"")

    monkeypatch.setattr(decoding.subprocess, "run", run)
    assert decoding.decode(b"", renditions.RULES).tobytes() == b"abc"
    assert asked["env"] == {}  # no key, no database's password
    assert {"-I", "-S"} <= set(asked["program"])


def test_a_large_picture_is_small_and_upright_and_of_the_same_colours():
    """Made small in steps, by strips, before it is turned: none of that may be seen."""
    exif = Image.Exif()
    exif[decoding.ORIENTATION] = 6
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    image = Image.new("RGBA", (2000, 4000), "red")
    image.paste((0, 0, 255, 255), (0, 2000, 2000, 4000))
    image.paste((0, 255, 0, 0), (0, 0, 1000, 1000))  # transparent: white
    for kind, source, options in (
        ("PNG", image, {}), ("JPEG", image.convert("RGB"), {}), ("JPEG", image.convert("RGB").convert("CMYK"), {}),
        ("WEBP", image, {"lossless": True}), ("PNG", image.convert("RGB"), {}),
    ):  # fmt: skip
        out = io.BytesIO()
        source.save(out, kind, exif=exif, icc_profile=None if source.mode == "CMYK" else profile, **options)
        made = decoding.decode(out.getvalue(), renditions.RULES)
        assert (made.mode, made.size) == ("RGB", (1600, 800)), kind  # the first line stands on the right
        blue, red = made.getpixel((100, 700)), made.getpixel((1500, 700))
        assert blue[2] > 200 > 60 > blue[0], (kind, source.mode, blue)
        assert red[0] > 200 > 60 > red[2], (kind, source.mode, red)
        assert source.mode != "RGBA" or min(made.getpixel((1500, 100))) > 250, kind


def test_a_long_strip_is_made_small_enough_for_all_that_follows():
    data = factories.picture_bytes(size=(1600, 15_000))
    width, height = decoding.decode(data, renditions.RULES).size
    assert (width * height <= 6_100_000, round(height / width)) == (True, 9)
