"""Articles, sections and pictures for tests: one call, and only the fact under test spelled out."""

import io
from datetime import datetime, timedelta
from itertools import count

from django.utils import timezone
from PIL import Image

from articles import vietnamese
from articles.days import VIETNAM
from articles.editorial import photos, transitions
from articles.models import Article, Author, Byline, Category, Photo, RelatedLink, State

_number = count(1)


def at(text):
    """'2023-03-22 23:30' as a moment in Vietnam."""
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def section(name="Kinh tế", **fields):
    found = Category.objects.filter(name=name).first()
    return found or Category.objects.create(name=name, **fields)


def draft(**fields):
    number = next(_number)
    defaults = {"title": f"Tin số {number}", "lede": f"Sa-pô của tin số {number}.", "body": "<p>Nội dung.</p>"}
    if "category" not in fields:
        fields["category"] = section()
    return Article.objects.create(**{**defaults, **fields})


def published(when="2023-03-22 08:00", **fields):
    article = draft(**fields)
    transitions.publish(article, at=at(when) if isinstance(when, str) else when)
    return article


def withdrawn(**fields):
    article = published(**fields)
    transitions.withdraw(article)
    return article


def author(name="Hà Thu"):
    return Author.objects.filter(name=name).first() or Author.objects.create(name=name)


def signed(article, name="Hà Thu", **fields):
    return Byline.objects.create(article=article, author=author(name), **fields)


def picture_bytes(kind="JPEG", size=(640, 427), color="teal", **options):
    out = io.BytesIO()
    Image.new("RGB", size, color).save(out, kind, **options)
    return out.getvalue()


def photo(**fields):
    return photos.store(Photo(**{"caption": "Chú thích ảnh.", **fields}), picture_bytes())


def subsection(name="Nông nghiệp", parent="Kinh tế"):
    return section(name, parent=section(parent))


def scheduled(minutes=5, **fields):
    return published(when=timezone.now() + timedelta(minutes=minutes), **fields)


def many(count, when="2023-03-22 08:00", apart=timedelta(minutes=1), **fields):
    """So many published articles by one INSERT, oldest first, `apart` from each other (0: all at once)."""
    begin = at(when) if isinstance(when, str) else when
    category = fields.pop("category", None) or section()
    rows = []
    for place in range(count):
        title = f"Tin loạt số {next(_number)}"
        row = {
            "title": title,
            "slug": vietnamese.slug(title),
            "lede": f"Sa-pô của {title}.",
            "body": "<p>Nội dung.</p>",
        }
        row |= {"title_key": vietnamese.key(title), "search_text": f" {vietnamese.key(title)} ", "category": category}
        rows.append(Article(state=State.PUBLISHED, published_at=begin + place * apart, **{**row, **fields}))
    return Article.objects.bulk_create(rows, batch_size=500)


def photo_without_files(**fields):
    """A photo for pages that only name it; ten times faster than one with renditions."""
    words = {"caption": "Chú thích ảnh.", "master": "2023/03/a1b2/master.jpg", "width": 640, "height": 427}
    return Photo.objects.create(**{**words, **fields})


def link(article, target=None, **fields):
    return RelatedLink.objects.create(article=article, target=target, **fields)


__all__ = [
    *("State", "at", "author", "draft", "link", "many", "photo", "photo_without_files", "picture_bytes"),
    *("published", "scheduled", "section", "signed", "subsection", "withdrawn"),
]
