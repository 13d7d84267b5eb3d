"""Where on a page the article's text stands: by its markup when it says so, else where the prose is."""

import re

from . import markup

# What the makers of common Vietnamese systems call it. Hints only: without them the prose decides.
_NAMED = re.compile(
    r"(?<![a-z])(?:article-?body|article__body|articlebody|entry-content|post-content|td-post-content|single-content|detail-content"
    r"|content-?detail|detail__content|fck_detail|singular-content|e-magazine__body|the-article-body|cms-body|news-?content|newscontent"
    r"|noi-?dung|noidungbaiviet|post-body|story-body|article-content|article__content|maincontent|knc-content)(?![a-z])"
)
_LEAF_TAGS = {"p", "div", "td", "center", "section", "article", "main", "li", "blockquote", "dd"}
_HOLDERS = {"div", "td", "section", "article", "main", "center", "body", "blockquote", "dd", "span", "font"}
LEAST_PROSE = 150  # characters; less is no article's body


def find(root, hints=True):
    """The element that holds the article's paragraphs, or None when the page has no prose."""
    prose = _prose_by_element(root)
    marked = [element for element in root.iter(*_HOLDERS) if _is_marked(element, hints)]
    marked = [element for element in marked if _subtree_prose(element, prose) >= LEAST_PROSE]
    if marked:
        return max(marked, key=lambda element: _subtree_prose(element, prose))
    scope = _semantic_scope(root, prose)
    return _densest(scope, prose)


def _is_marked(element, hints):
    if "articleBody" in (element.get("itemprop") or ""):
        return True
    return hints and _NAMED.search(markup.names(element)) is not None


def _semantic_scope(root, prose):
    """The <article> or <main> that holds half of the page's prose, else the page."""
    whole = _subtree_prose(root, prose)
    found = [element for element in root.iter("article", "main") if _subtree_prose(element, prose) > 0.5 * whole]
    return found[-1] if found else root


def _prose_by_element(root):
    """Characters of prose in each leaf: an element without blocks inside, its links not counted."""
    prose = {}
    for element in root.iter(*_LEAF_TAGS):
        if markup.has_blocks(element) or _in_furniture(element):
            continue
        linked = sum(len(markup.text_of(link)) for link in element.iter("a"))
        text = markup.text_of(element)
        if len(text.split()) >= 6 and linked < 0.5 * len(text):
            prose[element] = len(text) - linked
    for element in root.iter(*_HOLDERS):
        if element not in prose and markup.has_blocks(element) and not _in_furniture(element):
            loose = (element.text or "") + "".join(child.tail or "" for child in element)
            if len(loose.split()) >= 6:  # text between blocks, parted by <br>
                prose[element] = len(loose.strip())
    return prose


def _in_furniture(element):
    return any(above.tag in {"nav", "aside", "footer", "form", "select"} for above in element.iterancestors())


def _subtree_prose(element, prose):
    return sum(prose.get(inside, 0) for inside in element.iter())


def _densest(scope, prose):
    """The holder nearest to most of the prose: a leaf counts for itself, its parent and, by half, the one above."""
    score = {}
    for leaf, length in prose.items():
        if leaf is not scope and scope not in leaf.iterancestors():
            continue
        weight = 1.0
        for holder in ([leaf] if leaf.tag != "p" else []) + list(leaf.iterancestors())[:3]:
            if holder.tag in _HOLDERS:
                score[holder] = score.get(holder, 0) + length * weight
                weight *= 1.0 if holder is leaf and leaf.tag != "td" else 0.6
            if holder is scope:
                break
    best = max(score, key=score.get, default=None)
    return _with_twins(best, prose) if best is not None and score[best] >= 30 else None


def _with_twins(best, prose):
    """The parent, when a body was cut in pieces by an advertisement: siblings of the same make hold prose too."""
    parent = best.getparent()
    if parent is None or best.tag == "body" or best.tag == "td":
        return best
    twins = [e for e in parent if e is not best and e.tag == best.tag and e.get("class") == best.get("class")]
    beside = sum(_subtree_prose(twin, prose) for twin in twins)
    return parent if beside > 0.25 * _subtree_prose(best, prose) else best
