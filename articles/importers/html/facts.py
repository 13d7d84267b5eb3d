"""What a saved page says about itself: JSON-LD, meta tags, microdata. Markup made for machines comes before looks."""

import json
import re
from dataclasses import dataclass, field

from articles import vietnamese
from articles.importers.lines import moments

_ARTICLE = re.compile(r"(?:Article|BlogPosting|Report)$")
_HOME = {"trang chu", "home", "trang nhat", "tin tuc", "homepage", "trang chu bao"}
_META_DATES = (
    "article:published_time", "datepublished", "pubdate", "publishdate", "publish_date", "date.issued",
    "dc.date.issued",
    "dc.date", "dcterms.created", "og:published_time", "article:published", "sailthru.date", "parsely-pub-date", "date",
)  # fmt: skip
MOST_NODES = 5_000  # of one page's JSON-LD
LONGEST_TITLE = 400
LONGEST_FACT = 5_000  # characters; no title, date or description is longer


@dataclass
class Facts:
    """Meta tags by lower-case name, the article's JSON-LD node, the breadcrumb of the JSON-LD."""

    meta: dict = field(default_factory=dict)
    article: dict = field(default_factory=dict)
    crumbs: tuple = ()

    def first(self, *names):
        return next((self.meta[name] for name in names if self.meta.get(name)), "")


def read(root):
    facts = Facts()
    for tag in root.iter("meta"):
        name = (tag.get("property") or tag.get("name") or tag.get("itemprop") or "").lower()
        content = vietnamese.clean_line((tag.get("content") or "")[:LONGEST_FACT])
        if name and content:
            facts.meta.setdefault(name, content)
    for node in _json_ld(root):
        kind = _kind(node)
        if _ARTICLE.search(kind) and not facts.article:
            facts.article = node
        if kind == "BreadcrumbList" and not facts.crumbs:
            facts.crumbs = _crumbs_of(node)
    return facts


def _json_ld(root):
    """Every object in the page's JSON-LD, however it is nested."""
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        try:
            waiting = [
                json.loads(
                    re.sub(r"^\s*(?:<!--|//<!\[CDATA\[)|(?:-->|//\]\]>)\s*$", "", script.text or ""), strict=False
                )
            ]
        except (ValueError, RecursionError):
            continue  # a page's broken JSON-LD is no fault of its text
        for _count in range(MOST_NODES):
            if not waiting:
                break
            node = waiting.pop(0)
            if isinstance(node, list):
                waiting = [*node, *waiting]
            elif isinstance(node, dict):
                yield node
                waiting += [node[name] for name in ("@graph", "mainEntity", "breadcrumb") if name in node]


def _kind(node):
    kinds = node.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return next((kind for kind in kinds if isinstance(kind, str)), "")


def _crumbs_of(node):
    """The names of a BreadcrumbList; some sites wrap each item in a list of its own."""
    items, names = node.get("itemListElement"), []
    for item in items if isinstance(items, list) else []:
        item = item[0] if isinstance(item, list) and item else item
        if isinstance(item, dict):
            inner = item.get("item")
            names.append(text(item.get("name")) or text(inner.get("name") if isinstance(inner, dict) else ""))
    return tuple(name for name in names if name)


def text(value):
    """A JSON-LD value as one line: a string, the first of a list, the name of a thing."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("name") or value.get("url") or value.get("@id") or ""
    return vietnamese.clean_line(value[:LONGEST_FACT]) if isinstance(value, str) else ""


def title_hints(facts, root):
    """The page's names for itself, best first; some carry the site's name behind a dash."""
    document = vietnamese.clean_line(root.findtext(".//head/title") or root.findtext(".//title") or "")
    named = facts.first("og:title", "twitter:title", "title", "headline", "dc.title")
    return [hint for hint in (text(facts.article.get("headline")), named, document) if 0 < len(hint) <= LONGEST_TITLE]


def published_at(facts):
    for stamp in (text(facts.article.get("datePublished")), *(facts.meta.get(name, "") for name in _META_DATES)):
        if found := moments.from_iso(stamp) or moments.from_text(stamp):
            return found
    return None


def sections(facts, title):
    """Section and sub-section by breadcrumb, then by the article's own mark."""
    crumbs = trail(facts.crumbs, title)
    mark = text(facts.article.get("articleSection")) or facts.first("article:section", "og:article:section", "section")
    return crumbs or trail([mark], title)


def trail(names, title):
    """A breadcrumb without the front page and the article itself."""
    ignored = _HOME | {vietnamese.key(title or ""), ""}
    return tuple(name for name in names if vietnamese.key(name) not in ignored and len(name) <= 100)[:2]


def authors(facts):
    """The names of persons in JSON-LD or meta tags; a newspaper that signs as its own author signs nothing."""
    nodes = facts.article.get("author")
    nodes = nodes if isinstance(nodes, list) else [nodes]
    names = [text(node) for node in nodes if not (isinstance(node, dict) and _kind(node) == "Organization")]
    names = [*filter(None, names)] or [facts.first("article:author", "author", "dc.creator", "dable:author")]
    return [name for name in names if name and "//" not in name and "@" not in name and not _is_site(facts, name)]


def _is_site(facts, name):
    own = [
        facts.first("og:site_name", "application-name"),
        text(facts.article.get("publisher")),
        facts.first("copyright"),
    ]
    own.append(facts.first("og:url", "twitter:site", "twitter:creator", "apple-mobile-web-app-title"))
    key = vietnamese.key(name)
    if key.replace(" ", "") in {"admin", "administrator", "root", "webmaster", "editor", "bbt"}:
        return True
    joined = [vietnamese.key(site) for site in own if site]
    return any(key in site or key.replace(" ", "") in site.replace(" ", "") for site in joined)
