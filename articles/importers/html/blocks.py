"""An article's container → its blocks in order: paragraphs, headings, lists, tables, pictures."""

import re
from dataclasses import dataclass, field

from lxml import html

from articles import richtext, vietnamese

from . import boxes, markup

_HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
_BREAKS = re.compile(r"(?:<br\s*/?>(?:\s|&nbsp;|&#160;|\u00a0)*){2,}", re.I)
_BREAK = re.compile(r"<br\s*/?>", re.I)
_CAPTION = re.compile(r"caption|chu-?thich|desc_image|image-?desc|photo-?desc|img-?desc|pimage|note-?img|image_note")
CAPTION_WORDS = 100  # in one cell or paragraph with its picture
_SMALLEST_PICTURE = 80  # pixels


@dataclass
class Block:
    kind: str  # p heading list quote table pre figure
    html: str = ""
    text: str = ""
    images: list = field(default_factory=list)  # of a figure: <img> elements
    element: object = None


def read(container):
    """The blocks of a container from which the boxes were cleared."""
    return list(_merge_captions(_walk(container)))


def paragraph(text):
    """Plain text as a block."""
    return Block("p", f"<p>{_escape(text)}</p>", text)


def _walk(element):
    tag = element.tag
    if tag == "figure" or _is_picture_table(element):
        yield _figure(element)
    elif tag in _HEADINGS and not element.findall(".//img"):
        yield _plain("heading", element, _HEADINGS[tag])
    elif tag in {"ul", "ol"} and not boxes.is_links(element):
        yield _plain("list", element, tag)
    elif tag in {"blockquote", "pre"}:
        yield _plain("quote", element, tag)
    elif tag == "table" and not _is_layout(element):
        yield _plain("table", element, tag)
    elif markup.has_blocks(element):
        yield from _children(element)
    else:
        yield from _leaf(element)


def _children(element):
    """The blocks inside an element; words and inline tags between them are paragraphs too."""
    loose = [_escape(element.text)]
    for child in element:
        if isinstance(child.tag, str) and (child.tag in markup.BLOCKS or markup.has_blocks(child)):
            yield from _paragraphs("".join(loose), element)
            yield from _walk(child)
            loose = [_escape(child.tail)]
        else:
            loose.append(_outer(child))
    yield from _paragraphs("".join(loose), element)


def _leaf(element):
    """A paragraph; or a picture, with its words as the caption when they are few."""
    images = _images(element)
    words = markup.text_of(element)
    if images and len(words.split()) <= CAPTION_WORDS and element.tag != "body":
        yield Block("figure", text=words, images=images, element=element)
        return
    if images:
        yield Block("figure", images=images, element=element)
    yield from _paragraphs(_inner(element), element)


def _paragraphs(inner, element):
    """Old pages part paragraphs by two line breaks; some, outside of <p>, by one."""
    if "<img" in inner:
        shell = html.fragment_fromstring(inner, create_parent="div")
        if images := _images(shell):
            yield Block("figure", images=images, element=shell)
    parts = _BREAKS.split(inner)
    if len(parts) == 1 and element.tag != "p":
        lines = _BREAK.split(inner)
        parts = lines if all(len(line) > 60 for line in lines[:-1]) else parts
    for part in parts:
        cleaned = richtext.clean(f"<p>{part}</p>")
        if text := richtext.to_text(cleaned).replace("\n", " "):
            yield Block("p", cleaned, text, element=element)


def _plain(kind, element, tag):
    cleaned = richtext.clean(f"<{tag}>{_inner(element)}</{tag}>")
    text = richtext.to_text(cleaned)
    return Block(kind, cleaned if text else "", text, element=element)


def _figure(element):
    caption = next((part for part in element.iter("figcaption", "caption")), None)
    words = markup.text_of(element if caption is None else caption)
    return Block("figure", text=words, images=_images(element), element=element)


def _merge_captions(found):
    """A paragraph that its makers named a caption belongs to the picture before it."""
    before = None
    for block in found:
        is_caption = block.kind == "p" and block.element is not None and _is_caption(block.element)
        if is_caption and before is not None and before.kind == "figure" and not before.text:
            before.text = block.text
            continue
        if block.text or block.images:
            yield block
            before = block


def _is_caption(element):
    near = [element, *list(element.iterancestors())[:2]]
    return any(_CAPTION.search(markup.names(part)) for part in near)


def _is_picture_table(element):
    """<table> of one picture and one cell of words: how old editors set a caption."""
    if element.tag not in {"table", "dl"} and not (element.tag == "div" and _CAPTION.search(markup.names(element))):
        return False
    return bool(_images(element)) and len(markup.text_of(element).split()) <= CAPTION_WORDS


def _is_layout(table):
    """A table that holds the page's columns rather than data."""
    rows = table.findall(".//tr")
    if len(rows) < 2 or max((len(row.findall("td") + row.findall("th")) for row in rows), default=0) < 2:
        return True
    cells = [len(markup.text_of(cell)) for cell in table.iter("td", "th")]
    return bool(table.findall(".//table")) or max(cells, default=0) > 600


def _images(element):
    return [image for image in element.iter("img") if source(image) and not _is_decoration(image)]


def source(image):
    """Where a picture is; pages that load late keep the address beside `src`."""
    addresses = (image.get(name) or "" for name in ("data-src", "data-original", "data-lazy-src", "src"))
    return next((address.strip() for address in addresses if address and not address.startswith("data:")), "")


def _is_decoration(image):
    sides = [re.match(r"\d+", image.get(side) or "") for side in ("width", "height")]
    small = any(side and int(side[0]) < _SMALLEST_PICTURE for side in sides)
    return small or re.search(r"icon|logo|avatar|spacer|blank\.gif|emoji|pixel", source(image).lower()) is not None


def _outer(element):
    return html.tostring(element, encoding="unicode") if isinstance(element.tag, str) else _escape(element.tail)


def _inner(element):
    return _escape(element.text) + "".join(_outer(child) for child in element)


def _escape(text):
    return vietnamese.clean(text or "").replace("&", "&amp;").replace("<", "&lt;")
