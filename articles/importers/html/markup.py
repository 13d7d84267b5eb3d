"""HTML → a tree that is safe to walk, and the words in it.

Design note: lxml's HTML parser knows no entities to expand and fetches nothing (`no_network`); what is left to refuse
is size. Depth and number of elements are bounded here, so that every walk over the tree may be simple.
"""

import re

from django.utils.translation import gettext as _
from lxml import etree, html

from articles import vietnamese
from articles.importers.incoming import ImportRefused

DEEPEST = 100  # real pages stay below 40; libxml2 itself gives up at 256
MOST_ELEMENTS = 30_000  # real pages have 500 to 5,000

BLOCKS = set(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
NEVER_WORDS = set(
    [
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "object",
        "embed",
        "svg",
        "math",
        "canvas",
        "head",
        "select",
        "textarea",
        "button",
    ]
)
_ENCODING = re.compile(r"^\s*<\?xml[^>]*\?>")


def parse(text):
    """The root element of a page, or ImportRefused."""
    parser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        # As text: lxml would refuse an encoding declaration in a str, and trust a wrong one in bytes.
        root = html.document_fromstring(_ENCODING.sub("", text).replace("\x00", ""), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise ImportRefused(_("The file holds no HTML that can be read.")) from error
    _refuse_bombs(root, parser)
    return root


def _refuse_bombs(root, parser):
    depth = elements = 0
    for event, _element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        elements += event == "start"
        if depth > DEEPEST or elements > MOST_ELEMENTS:
            break
    cut_short = any(error.type_name == "ERR_RESOURCE_LIMIT" or "depth" in error.message for error in parser.error_log)
    if depth > DEEPEST or elements > MOST_ELEMENTS or cut_short:
        raise ImportRefused(_("The page is nested too deeply or has too many elements to be an article."))


def text_of(element):
    """The words of an element on one line; blocks and line breaks part words, scripts have none."""
    parts, silent = [], 0
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if node.tag in BLOCKS or node.tag == "br":
            parts.append(" ")
        if event == "start":
            silent += node.tag in NEVER_WORDS
            words = node.text
        else:
            silent -= node.tag in NEVER_WORDS
            words = node.tail if node is not element else ""
        if words and not silent:
            parts.append(words)
    return vietnamese.clean_line("".join(parts))


def names(element):
    """Class and id of an element in lower case: what its makers called it."""
    return f"{element.get('class') or ''} {element.get('id') or ''}".lower()


def has_blocks(element):
    return any(child.tag in BLOCKS for child in element.iterdescendants())


def remove(element):
    """Take an element out, and leave the words behind it."""
    if element.getparent() is not None:
        element.drop_tree()
