"""The load itself: whole or not at all, its pictures, its bar, its command."""

from io import StringIO

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command

from articles import search, seeding
from articles.demo import pictures, studio
from articles.editorial import photos
from articles.models import Article, Author, Photo
from articles.seeding import newsroom
from tests import factories

from .test_archive import schema


@pytest.mark.django_db(transaction=True)
def test_a_load_that_is_stopped_leaves_nothing_behind():
    before = schema()

    def stop(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        seeding.seed(1_200, draw=False, progress=stop)
    assert not Article.objects.exists()
    assert not Author.objects.exists()
    assert schema() == before


@pytest.mark.django_db(transaction=True)
def test_the_command_makes_the_pictures_once_and_says_how_fast_it_was(monkeypatch):
    picture = factories.picture_bytes(size=(newsroom.WIDTH, newsroom.HEIGHT))
    monkeypatch.setattr(pictures, "SCENES", {"forge": pictures.SCENES["forge"]})
    monkeypatch.setattr(studio, "draw_all", lambda wanted: iter([photos.prepare(picture) for _scene in wanted]))
    out = StringIO()
    call_command("seed_archive", articles=30, stdout=out)
    rows, index = out.getvalue().splitlines()
    assert rows.startswith("30 ")
    assert index.startswith("30 ")
    assert "Tân Lạc" in Article.objects.get(pk=search.find(search.Asked("Tân Lạc")).hits[0].article).body
    photo = Photo.objects.first()
    shapes = [photo.whole, photo.card]
    named = [photo.social[0], *(shape.url for shape in shapes), *(url for s in shapes for url, _w in s.avif + s.webp)]
    assert all(default_storage.exists(url.removeprefix("/media/")) for url in named)
    first = default_storage.get_modified_time(photo.master)
    newsroom.draw()
    assert default_storage.get_modified_time(photo.master) == first


class Terminal(StringIO):
    def __init__(self, is_terminal):
        super().__init__()
        self.isatty = lambda: is_terminal


def test_progress_is_drawn_on_a_terminal_and_nowhere_else():
    terminal, file = Terminal(True), Terminal(False)
    for out in (terminal, file):
        bar = seeding.Bar(out)
        bar.show(500, 1_000)
        bar.show(1_000, 1_000)
    assert "500/1,000" in terminal.getvalue()
    assert terminal.getvalue().endswith("\n")
    assert file.getvalue() == ""
