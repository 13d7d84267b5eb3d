"""Articles, sections and pictures for tests: one call, and only the fact under test spelled out."""

import io
from datetime import datetime, timedelta
from itertools import count

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image

from articles import attachments, renditions, search, vietnamese
from articles.days import VIETNAM
from articles.editorial import photos, transitions
from articles.models import (
    AIUse,
    Article,
    Attachment,
    Author,
    Byline,
    Category,
    Comment,
    Correction,
    EnglishVersion,
    GalleryPhoto,
    LiveUpdate,
    Photo,
    Placement,
    ReadCount,
    RelatedLink,
    Slot,
    State,
    Topic,
)

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
    defaults["ai_use"] = AIUse.NONE
    if "category" not in fields:
        fields["category"] = section()
    return Article.objects.create(**{**defaults, **fields})


def complete(**fields):
    """A draft in which the checks before publication find nothing: signed, and with a photo that has all its words."""
    words = {"credit": "Bùi Minh", "alt": "Nông dân gặt lúa."}
    photo = fields.pop("photo", None) or photo_without_files(**words)
    article = draft(photo=photo, **fields)
    signed(article)
    return article


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


def public_files(*names, content=b"x"):
    """Files of these names that a published article hands out: pictures as those of its photo."""
    article = published()
    for name in names:
        default_storage.save(name, ContentFile(content))
        if attachments.is_picture(name):
            Article.objects.filter(pk=article.pk).update(photo=photo_without_files(master=renditions.master_of(name)))
        else:
            Attachment.objects.create(article=article, title="Tệp", file=name)
    return article


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
        row |= {"title_key": vietnamese.key(title), "category": category}
        rows.append(Article(state=State.PUBLISHED, published_at=begin + place * apart, **{**row, **fields}))
        rows[-1].top_id = rows[-1].category.parent_id or rows[-1].category_id
    made = Article.objects.bulk_create(rows, batch_size=500)
    search.index([article.pk for article in made])
    return made


def photo_without_files(**fields):
    """A photo for pages that only name it; ten times faster than one with renditions."""
    words = {"caption": "Chú thích ảnh.", "master": "2023/03/a1b2/master.jpg", "width": 640, "height": 427}
    return Photo.objects.create(**{**words, **fields})


def link(article, target=None, **fields):
    return RelatedLink.objects.create(article=article, target=target, **fields)


def topic(name="Nông thôn mới", *articles, **fields):
    """A topic of that name, tied to the articles."""
    found = Topic.objects.filter(name=name).first() or Topic.objects.create(name=name, **fields)
    found.articles.add(*articles)
    return found


def correction(article=None, **fields):
    words = {"wrong": "Cầu dài 300 mét.", "right": "Cầu dài 330 mét.", "apology": "Báo xin lỗi bạn đọc."}
    return Correction.objects.create(article=article or published(), **{**words, **fields})


def live_update(article, when="2023-03-22 08:30", **fields):
    moment = at(when) if isinstance(when, str) else when
    return LiveUpdate.objects.create(
        article=article, posted_at=moment, **{"body": f"<p>Diễn biến số {next(_number)}.</p>", **fields}
    )


def gallery(article, size=3):
    """So many photos of an article's gallery, without files."""
    rows = [
        GalleryPhoto(article=article, photo=photo_without_files(caption=f"Ảnh bộ số {next(_number)}."), order=order)
        for order in range(size)
    ]
    return GalleryPhoto.objects.bulk_create(rows)


def attachment(article, name="quyet-dinh.pdf", content=b"%PDF-1.4\n%%EOF\n", **fields):
    file = ContentFile(content, name)
    return Attachment.objects.create(article=article, file=file, **{"title": "Quyết định (PDF)", **fields})


def english(article, released="2023-03-22 09:00", **fields):
    """The article's English version; `released=None` leaves it on the desk."""
    number = next(_number)
    words = {"title": f"Story number {number}", "lede": f"Lede of story {number}.", "body": "<p>In English.</p>"}
    moment = at(released) if isinstance(released, str) else released
    return EnglishVersion.objects.create(article=article, released_at=moment, **{**words, **fields})


def comment(article, state=Comment.State.SHOWN, **fields):
    number = next(_number)
    words = {"name": f"Bạn đọc {number}", "text": f"Ý kiến số {number}.", "sender": f"{number:064x}"}
    return Comment.objects.create(article=article, state=state, **{**words, **fields})


def placement(article, slot=Slot.LEAD, section=None, **fields):
    """A story in a slot of the front page (or of a section's), from long ago on and without an end."""
    return Placement.objects.create(
        article=article, slot=slot, section=section, **{"starts_at": at("2020-01-01 00:00"), **fields}
    )


def reads(article, number=1, hour=None):
    """So many reads in one hour, the one that runs where none is given."""
    moment = at(hour) if isinstance(hour, str) else hour or timezone.now()
    return ReadCount.objects.create(
        article=article, reads=number, hour=moment.replace(minute=0, second=0, microsecond=0)
    )


__all__ = [
    *(
        "Slot",
        "State",
        "at",
        "attachment",
        "author",
        "comment",
        "complete",
        "correction",
        "draft",
        "english",
        "gallery",
        "link",
    ),
    *(
        "live_update",
        "many",
        "photo",
        "photo_without_files",
        "picture_bytes",
        "placement",
        "public_files",
        "published",
        "reads",
    ),
    *("scheduled", "section", "signed", "subsection", "topic", "withdrawn"),
]
