"""Title, lede, author and section as a page prints them, told apart by markup and by what the page says of itself."""

import re

from articles import vietnamese
from articles.importers.lines import bylines, datelines
from articles.models.article import TITLE_LENGTH

from . import facts, markup

_TITLE = re.compile(
    r"(?<![a-z])(?:title-?detail|detail-?title|title-?news|news-?title|tieu-?de\w*|headline|post-?title|entry-?title|article-?title)(?![a-z])"
)
_LEDE = re.compile(
    r"(?<![a-z])(?:\w*sapo\w*|lede?|lead|summary|description|chapeau|standfirst|tom-?tat|mo-?ta|abstract|excerpt|intro|dek)(?![a-z])"
)
_AUTHOR = re.compile(r"(?<![a-z])(?:author(?:-?name)?|tac-?gia|byline|nguoi-?viet|but-?danh|author_name|fn)(?![a-z])")
_CRUMBS = re.compile(r"bread-?crumb")
_SITE_BEHIND = re.compile(r"\s+(?:[-–—|»:]|::)\s+(?=[^|]*$)")
_NEWSPAPER = re.compile(r"^(?:báo|tạp chí|đài|cổng|trang|website|chuyên trang)\s", re.I)
_AUTHOR_LABEL = re.compile(r"^(?:tác giả|bài viết của|theo|by|viết bởi|người viết)\s*:?\s+", re.I)
LEDE_WORDS = range(8, 250)


def title(root, known):
    """The printed title; else the page's own name for itself without the site's; else None."""
    hints = facts.title_hints(known, root)
    printed = [text for text in map(markup.text_of, root.iter("h1")) if _can_be_title(text)]
    keys = [vietnamese.key(hint) for hint in hints]
    for text in printed:
        key = vietnamese.key(text)
        if any(key in hint or (len(hint) > 15 and hint in key) for hint in keys if hint) and len(key.split()) > 1:
            return text
    named = [text for hint in hints if _can_be_title(text := _without_site(hint, known))]
    marked = [text for text in map(markup.text_of, _by_name(root, _TITLE)) if _can_be_title(text)]
    alone = printed if len(printed) == 1 and len(printed[0].split()) > 3 else []
    return next(iter([*alone, *named, *marked]), None)


def _can_be_title(text):
    return bool(text) and len(text) <= TITLE_LENGTH and len(text.split()) > 1 and not _is_newspaper(text)


def _is_newspaper(text):
    return _NEWSPAPER.match(text) is not None and len(text.split()) <= 6


def _without_site(hint, known):
    """'Tít bài - Báo Hòa Bình' → 'Tít bài'; a title with a dash of its own stays whole."""
    site = vietnamese.key(known.first("og:site_name", "application-name") or facts.text(known.article.get("publisher")))
    for _round in range(3):
        parts = _SITE_BEHIND.split(hint)
        tail = parts[-1]
        is_site = vietnamese.key(tail) == site or _NEWSPAPER.match(tail) or re.fullmatch(r"[\w.-]+\.\w{2,4}", tail)
        if len(parts) < 2 or not (is_site or hint[: -len(tail)].rstrip().endswith(("|", "::"))):
            break
        hint = _SITE_BEHIND.sub("\0", hint).rpartition("\0")[0]
        hint = hint.replace("\0", " - ")
    return "" if vietnamese.key(hint) == site else hint.strip()


def _by_name(root, pattern):
    return (
        element for element in root.iter() if isinstance(element.tag, str) and pattern.search(markup.names(element))
    )


def ledes(root, known):
    """(lede as printed in an element of its own or '', the page's description of itself or '')."""
    described = known.first("og:description", "description", "twitter:description") or facts.text(
        known.article.get("description")
    )
    marked = [e for e in root.iter() if e.get("itemprop") == "description" and e.tag != "meta"]
    marked += _opening_with(root, described)
    marked += [e for e in _by_name(root, _LEDE) if e.tag not in {"body", "html", "a", "li", "meta", "form", "input"}]
    fits = []
    for element in marked[:40]:
        text = _lede_text(element)
        if len(text.split()) in LEDE_WORDS and not _is_list(element) and not _in_figure(element):
            fits.append(text)
    agreeing = [text for text in fits if overlap(described, text) > 0.6]
    if agreeing:
        return min(agreeing, key=lambda text: abs(len(text) - len(described))), described
    return (fits[0] if fits and not described else ""), described


def _opening_with(root, described):
    """The paragraphs that begin as the page's description does; descriptions are often cut."""
    opening = vietnamese.key(datelines.strip(described.rstrip(" .…"))[1])[:60]
    leaves = (e for e in root.iter("p", "h2", "h3", "div", "td", "strong", "b") if opening and not markup.has_blocks(e))
    return [e for e in leaves if e.find(".//br") is None and opening in vietnamese.key(markup.text_of(e))[:100]]


def _lede_text(element):
    """The words; a place set in an element of its own becomes a dateline."""
    text = markup.text_of(element)
    for stamp in element.iter("span", "strong", "b"):
        place = markup.text_of(stamp)
        if "location" in markup.names(stamp) and text.startswith(place) and place:
            return f"({place}) - {text[len(place) :].lstrip(' -–—')}"
    return text


def _in_figure(element):
    """A caption may be marked as the description too: the picture's."""
    return any(above.tag == "figure" for above in [element, *element.iterancestors()])


def _is_list(element):
    return len(element.findall(".//a")) > 3 or element.find(".//h1") is not None


def overlap(description, text):
    """The share of a description's words that a text has, 0 to 1; tags before a lede do not count."""
    words = vietnamese.key(datelines.strip(description)[1]).split()
    return sum(word in set(vietnamese.key(text).split()) for word in words) / len(words) if words else 0.0


def author(root):
    """The line that names the author by its markup, outside of the text; ''."""
    marked = [e for e in root.iter() if e.get("itemprop") == "author" or "author" in (e.get("rel") or "").split()]
    for element in [*marked, *_by_name(root, _AUTHOR)]:
        if any(above.tag in {"aside", "footer", "nav"} for above in element.iterancestors()):
            continue
        line = _AUTHOR_LABEL.sub("", markup.text_of(element))
        if 0 < len(line) <= 60 and any(credit.name for credit in bylines.parse(line)):
            return line
    return ""


def breadcrumb(root, title):
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        kind = element.get("itemtype") or ""
        if (
            _CRUMBS.search(markup.names(element))
            or "BreadcrumbList" in kind
            or element.get("aria-label") == "breadcrumb"
        ):
            names = [markup.text_of(link) for link in element.iter("a")] or [
                markup.text_of(li) for li in element.iter("li")
            ]
            if found := facts.trail(names, title):
                return found
    return ()
