"""The list of other news that a page prints: its heading, titles and teasers."""

from articles import vietnamese
from articles.importers import related
from articles.importers.incoming import IncomingLink
from articles.importers.lines import datelines

from . import markup

CLIMB = 4  # levels from the heading to the box around it


def read_related(root, title):
    """(heading or None, links)."""
    for element in root.iter("h2", "h3", "h4", "h5", "div", "p", "span", "strong", "b", "td", "a", "li", "font"):
        words = "".join(element.itertext())
        if len(words) > 80 or not related.is_heading(vietnamese.clean_line(words)):
            continue
        if links := _links_behind(element, title):
            return vietnamese.clean_line(words).rstrip(" :"), links
    return None, ()


def _links_behind(heading, title):
    box = heading
    for _level in range(CLIMB):
        box = box.getparent()
        if box is None or box.tag in {"body", "html"}:
            break
        if found := _links_in(box, heading, title):
            return found
    return ()


def _links_in(box, heading, title):
    """The titled links of a box that stand behind the heading, each once; a linked teaser goes to its title."""
    found, behind = {}, False
    for element in box.iter():
        behind = behind or element is heading
        if not behind or element.tag != "a" or element is heading:
            continue
        words = markup.text_of(element)
        name = related.bare_title(words)
        key = vietnamese.key(name)
        last = next(reversed(found.values()), None)
        if last and not last.lede and related.is_teaser(words, last.title):
            found[vietnamese.key(last.title)] = IncomingLink(last.title, *datelines.strip(words))
        elif (
            len(name.split()) >= 3
            and key != vietnamese.key(title or "")
            and key not in found
            and len(found) < related.MOST_LINKS
        ):
            found[key] = _link(element, box, name)
    return tuple(found.values()) if len(found) > 1 else ()


def _link(anchor, box, name):
    """A teaser is what else stands in the link's own item."""
    item = anchor
    for above in anchor.iterancestors():
        if above is box or len({markup.text_of(link) for link in above.iter("a")} - {""}) > 1:
            break
        item = above
    words = markup.text_of(item).replace(name, "", 1).strip()
    tag, lede = datelines.strip(words)
    return IncomingLink(name, tag, lede) if len(lede.split()) >= 8 else IncomingLink(name)
