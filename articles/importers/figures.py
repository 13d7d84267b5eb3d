"""Pictures inside an imported text: those whose files lie beside the page become photos and stand where they stood."""

from lxml import html

from articles.editorial import photos
from articles.models import Photo
from articles.renditions import PictureRefused

from . import pictures
from .incoming import fit
from .lines import captions


def placed(body, incoming, folder, user):
    """`body` with a figure for each picture whose file is at hand; the others stay in the kept original bytes."""
    made = [(picture.after, photo) for picture in incoming if (photo := _photo(picture, folder, user))]
    if not made:
        return body
    blocks = [
        html.tostring(block, encoding="unicode").strip() for block in html.fragments_fromstring(body or "<p></p>")
    ]
    for after, photo in reversed(made):  # from the end, so that the places before stay where they were counted
        blocks.insert(after, _figure(photo))
    return "\n".join(blocks)


def _photo(incoming, folder, user):
    path = pictures.find(incoming.src, folder)
    if path is None:
        return None
    photo = with_words(Photo(created_by=user), incoming.caption)
    try:
        return photos.store(photo, pictures.read(path))
    except (PictureRefused, OSError):
        return None


def with_words(photo, line):
    """`photo` with the caption and the credit that an old page printed as one line."""
    caption, credit = captions.split(line)
    photo.caption, photo.credit = fit(caption, Photo, "caption"), fit(credit, Photo, "credit")
    return photo


def _figure(photo):
    figure = html.Element("figure", {"class": "image"})
    size = {"width": str(photo.width), "height": str(photo.height)}
    html.etree.SubElement(figure, "img", {"src": photo.url, "alt": photo.alt or photo.caption, **size})
    if words := " ".join(filter(None, (photo.caption, photo.credit and f"({photo.credit})"))):
        html.etree.SubElement(figure, "figcaption").text = words
    return html.tostring(figure, encoding="unicode")
