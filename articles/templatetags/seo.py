"""The head of a page: what search engines, readers of feeds and those who share a link are told about it.

Every page template fills `{% block title %}` with `{% page_title … %}` and `{% block meta %}` with `{% page_meta … %}`.

Design notes
- An address is canonical without its query, whatever was added to count clicks, but for the cursor of a list: each of
  its pages names itself (Google: "Don't use the first page of a paginated sequence as the canonical page"). Such a
  page bears the time of its first story in its title, so no two are called the same.
- A page without a picture of its own is shared with the newspaper's sign (static/icons/share.png).
"""

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

from articles import day_paths, days, jsonld, richtext

from .news import elements, json_ld

register = template.Library()

TITLE = 110  # characters that search results and cards have room for; the newspaper's name goes first
LEAST, MOST = 60, 300  # characters of a description
SHARE_PICTURE, SHARE_SIZE = "icons/share.png", (1200, 630)
BY_TIME, BY_NUMBER = "truoc", "trang"  # the parameters of views/paging.py
TAGS = 10
CARD = ("title", "description", "image", "image:alt")
ROBOTS = "max-image-preview:large, max-snippet:-1, max-video-preview:-1"
FEED_NAMES = {"rss": "RSS", "atom": "Atom", "json": "JSON Feed"}


@register.simple_tag(takes_context=True)
def page_title(context, name):
    """'Kinh tế - Báo Mẫu'. A long title goes without the newspaper's name."""
    whole = f"{name}{_since(context)} - {context['site']}"
    return whole if len(whole) <= TITLE else f"{name}{_since(context)}"


@register.simple_tag(takes_context=True)
def page_meta(context, title="", description="", path="", photo=None, kind="website", index=True, prev="", next=""):
    """Description, canonical address, languages, paging, Open Graph and card. `title` is the page's own heading.

    A page that is not for the index names no address, unless it is given one: what nobody finds has none.
    """
    site, request = context["site"], context["request"]
    title = f"{title or site.name}{_since(context)}"
    is_english = request.path.startswith("/en/")
    path = path or (request.path if index else "")
    description = describe(description, title, site)
    languages = _languages(context, path, is_english) if index else []
    address = path and jsonld.absolute(path) + _cursor(context)
    picture = _picture(photo)
    graph = {
        "site_name": (is_english and site.english_name) or site.name,
        "locale": "en_US" if is_english else "vi_VN",
        "type": kind,
        "title": title,
        "description": description,
        "url": address,
        "image": picture["url"],  # and what is said of it behind it
        "image:width": picture["width"],
        "image:height": picture["height"],
        "image:alt": picture["alt"] or title,
    }
    card = {"card": "summary_large_image"} | {name: graph[name] for name in CARD}
    return elements(
        _meta("name", "description", description),
        _meta("name", "robots", ROBOTS if index else "noindex"),
        _link("canonical", address),
        *(_link("alternate", href, hreflang=language) for language, href in languages),
        _link("prev", prev and jsonld.absolute(prev)),
        _link("next", _next(context) or (next and jsonld.absolute(next))),
        *(_meta("property", f"og:{name}", said) for name, said in graph.items()),
        *(_meta("property", f"article:{name}", said) for name, said in (_facts(context) if kind == "article" else [])),
        *(_meta("name", f"twitter:{name}", said) for name, said in card.items()),
    )


def _meta(kind, name, said):
    return said and ("meta", {kind: name, "content": said})


def _link(rel, href, **more):
    return href and ("link", {"rel": rel, **more, "href": href})


@register.filter
def description(article):
    """The lede, and where it is too short to describe anything the beginning of the text."""
    lede = " ".join(article.lede.split())
    if len(lede) < LEAST:
        lede = f"{lede} {richtext.to_text(richtext.clean(article.body))[:MOST]}".replace("\n", " ")
    return lede


def describe(text, title, site):
    """Of a length that search results show: never empty, cut at a word."""
    text = " ".join(text.split())
    if len(text) < LEAST:
        words = {"title": title.rstrip("."), "site": site.name}
        general = _("%(title)s: news, photos and video from %(site)s, day by day.") % words
        text = f"{text} {general}".strip()
    return text if len(text) <= MOST else text[:MOST].rpartition(" ")[0] + "…"


def _page(context):
    page = context.get("page")
    return page if page and not getattr(page, "is_first", True) and getattr(page, "articles", None) else None


def _since(context):
    page = _page(context)
    if page is None:
        return ""
    first = page.articles[0]
    # Of an article, an English version, a correction.
    times = (getattr(first, name, None) for name in ("published_at", "released_at", "issued_at"))
    when = next(filter(None, times)).astimezone(days.VIETNAM)
    return _(", before %(moment)s") % {"moment": f"{when:%H:%M %d/%m/%Y}"}


def _cursor(context):
    page, asked = _page(context), context["request"].GET
    name = BY_NUMBER if getattr(page, "number", None) else BY_TIME
    return f"?{name}={asked[name]}" if page and asked.get(name, "").isdigit() else ""


def _next(context):
    """The page behind this one of a list."""
    older, kept = getattr(context.get("page"), "older", ""), context.get("pager_query", "")
    query = "&".join(filter(None, [kept, older if isinstance(older, str) else ""]))
    return f"{jsonld.absolute(context['request'].path)}?{query}" if older else ""


def _languages(context, path, is_english):
    """[(language, address)] of a page that exists in both; x-default is the Vietnamese one."""
    if is_english:
        other = context.get("vietnamese_url")
        vietnamese, english = other, path
    else:
        other = context.get("english")
        vietnamese, english = path, other and other.get_absolute_url()
    if not other:
        return []
    pairs = [("vi", vietnamese), ("en", english), ("x-default", vietnamese)]
    return [(language, jsonld.absolute(address)) for language, address in pairs]


def _picture(photo):
    """Where, how large and of what: at least what Facebook and Zalo show large, else the newspaper's sign."""
    if photo and photo.master:
        url, width, height = getattr(photo, "social", None) or (photo.url, photo.width, photo.height)
        return {"url": jsonld.absolute(url), "width": width, "height": height, "alt": photo.alt or photo.caption}
    width, height = SHARE_SIZE
    return {"url": jsonld.absolute(static(SHARE_PICTURE)), "width": width, "height": height, "alt": ""}


def _facts(context):
    """[(property, content)] of an article."""
    article = context["article"]
    facts = [("published_time", jsonld.moment(article.published_at))]
    facts += [("modified_time", jsonld.moment(jsonld.modified(article, _listed(context, "live_updates"))))]
    facts += [("section", article.category.name)]
    authors = [byline.author for byline in context.get("bylines") or [] if byline.author]
    facts += [("author", author.name) for author in authors]  # not an address: its words would be taken for a name
    return facts + [("tag", topic.name) for topic in _listed(context, "topics")[:TAGS]]


def _listed(context, name):
    found = context.get(name)
    return list(found) if isinstance(found, list | tuple) else []


# Feeds of the page's own


@register.simple_tag
def page_feeds(name, title, *scope):
    """Links to the three feeds of a scope: `{% page_feeds 'section-' section.name section.slug %}`."""
    media = day_paths.FEEDS.items()
    return _feeds(title, [(kind, type_, reverse(f"{name}feed-{kind}", args=scope)) for kind, type_ in media])


@register.simple_tag(takes_context=True)
def day_feeds(context, day, feeds):
    """The same for a day of the archive. `feeds`: as day_paths.py has them."""
    return _feeds(f"{context['site']} - {day:%d/%m/%Y}", feeds)


def _feeds(title, feeds):
    return elements(
        *(
            _link("alternate", jsonld.absolute(path), type=media, title=f"{title} ({FEED_NAMES[kind]})")
            for kind, media, path in feeds
        )
    )


# JSON-LD


@register.simple_tag(takes_context=True)
def article_ld(context):
    article, site, english = context["article"], context["site"], context.get("version")
    item = jsonld.article(
        article, site,
        bylines=context.get("bylines") or [], topics=_listed(context, "topics"), english=english,
        updates=_listed(context, "live_updates"), corrections=_listed(context, "corrections"),
    )  # fmt: skip
    steps = section_steps(context, article.category)
    if english:
        steps = [(_("Home"), reverse("english-front"))]
    return json_ld(jsonld.document(item, jsonld.breadcrumb(*steps, (str(english or article), item["url"]))))


@register.simple_tag(takes_context=True)
def site_ld(context):
    """The newspaper and its site, told on the front page."""
    site = context["site"]
    return json_ld(jsonld.document(jsonld.organization(site), jsonld.website(site)))


@register.simple_tag(takes_context=True)
def list_ld(context, name, description=""):
    """A list of news: a section, a topic, a day."""
    path = context["request"].path
    articles = getattr(context.get("page"), "articles", None) or []
    steps = section_steps(context, context.get("section"))
    if steps[-1][1] != path:
        steps.append((str(name), path))
    collection = jsonld.collection(str(name), path, articles, description)
    return json_ld(jsonld.document(collection, len(steps) > 1 and jsonld.breadcrumb(*steps)))


@register.simple_tag(takes_context=True)
def profile_ld(context, author):
    steps = [(_("Home"), reverse("front")), (author.name, author.get_absolute_url())]
    return json_ld(jsonld.document(jsonld.profile(author, context["site"]), jsonld.breadcrumb(*steps)))


def section_steps(context, section):
    """[(name, path)] from the front page down to a section."""
    top = section and context["sections"].top(section)
    levels = [top, section] if section and top != section else [section] if section else []
    return [(_("Home"), reverse("front")), *((level.name, level.get_absolute_url()) for level in levels)]
