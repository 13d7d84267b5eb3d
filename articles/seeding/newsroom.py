"""The newsroom around a synthetic archive: sections, authors, topics and photos, as rows of their tables.

As rows and not through the models, so that both databases get the same bytes, dates of photos included. The pictures
are those that the demo draws, one a scene, each made once and shared by many photos with words of their own. No
originals are kept: such an archive needs none.
"""

import hashlib
from collections import defaultdict

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from articles import renditions, vietnamese
from articles.demo import pictures, studio
from articles.models import Author, Category, Photo, SiteSettings, Topic

from .names import FACETS, SECTIONS, TOPICS

AUTHORS, PHOTOS, TOPIC_COUNT = 5_000, 300, 300
WIDTH, HEIGHT = 1280, 853  # of the demo's drawings
CREATED = "2006-11-01 01:00:00"
SITE = {"name": "Báo An Lâm (kho tin thử)", "tagline": "Kho tin tạo tự động để đo tải, không có tin thật"}


class Newsroom:
    """Rows of every table but those of the articles; what articles need of them stands in lists, by place."""

    def __init__(self, words):
        self.words = words
        self.sections = [(number, (number - 1) % 20 + 1 if number > 20 else None) for number in range(1, 201)]
        self.slugs = [vietnamese.slug(name) for name in _section_names()]
        self.rows = {
            Category: list(self._categories()),
            Author: list(self._authors()),
            Photo: list(self._photos()),
            Topic: list(self._topics()),
            SiteSettings: [{"id": 1, **SITE}],
        }

    def _categories(self):
        for (number, parent), name, slug in zip(self.sections, _section_names(), self.slugs, strict=True):
            yield {"id": number, "name": name, "slug": slug, "parent_id": parent, "order": number}

    def _authors(self):
        taken = defaultdict(int)
        for number in range(1, AUTHORS + 1):
            name = self.words.person()
            base = vietnamese.slug(name)
            taken[base] += 1  # the second of a name is -2, as Author.free_slug has it
            slug = base if taken[base] == 1 else f"{base}-{taken[base]}"
            yield {"id": number, "name": name, "slug": slug}

    def _photos(self):
        scenes = sorted(pictures.SCENES)
        for number in range(1, PHOTOS + 1):
            caption, credit = self.words.captions[number - 1], self.words.person()
            yield {
                "id": number, "caption": caption, "credit": credit, "alt": f"Tranh vẽ số {number}.",
                "search_text": vietnamese.key(f"{caption} {credit} Tranh vẽ số {number}."),
                "master": f"{folder(scenes[number % len(scenes)])}/{renditions.MASTER}",
                "width": WIDTH, "height": HEIGHT, "edition": renditions.EDITION, "created_at": CREATED,
            }  # fmt: skip

    def _topics(self):
        for number in range(1, TOPIC_COUNT + 1):
            name = f"{TOPICS[number % len(TOPICS)]} {self.words.places[number].text}"
            key = vietnamese.key(name)
            yield {
                "id": number, "name": name, "slug": vietnamese.slug(name), "key": key, "order": number,
                "is_featured": number <= 3,
            }  # fmt: skip


def _section_names():
    return [*SECTIONS, *(f"{facet} {name[0].lower()}{name[1:]}" for facet in FACETS for name in SECTIONS)]


def folder(scene):
    """Where the files of a scene lie: fixed, so that an archive names the same files however often it is made."""
    return f"2006/11/{hashlib.sha256(scene.encode()).hexdigest()[:24]}"


def draw():
    """Make the files that are not there yet, on all cores; 19 scenes, some twenty files each."""
    wanted = [
        scene for scene in sorted(pictures.SCENES) if not default_storage.exists(f"{folder(scene)}/{renditions.MASTER}")
    ]
    drawn = studio.draw_all([{"scene": scene} for scene in wanted])
    for scene, prepared in zip(wanted, drawn, strict=True):
        files = {name.rpartition("/")[2]: content for name, content in prepared.made.files.items()}
        for name in sorted(files, key=lambda name: name == renditions.MASTER):  # the master last: it says "all there"
            default_storage.save(f"{folder(scene)}/{name}", ContentFile(files[name]))
