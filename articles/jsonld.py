"""What a page tells search engines about itself, in the words of schema.org: plain dicts, ready for JSON.

Source: Google's guides "Article", "Breadcrumb", "Live blog", "Video", "Profile page" and "Site name". What is not
known is left out: an empty property is an error to them. Addresses come from SITE_URL, times are those of Vietnam.
"""

import re

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse

from articles import days, players, richtext
from articles.models import Genre

HEADLINE = 110  # characters; Google cuts what is longer
BODY = 15_000  # characters; a longer text is not sent twice
KEYWORDS = 20
LOGO = "icons/icon-512.png"
LOGO_SIZE = 512
_OWN_ADDRESS = re.compile(r'(\s(?:src|href)=")/(?!/)')


def absolute(path):
    """A path of ours as the address other machines are told."""
    return path if path.startswith(("http://", "https://")) else settings.SITE_URL + path


def absolute_html(text):
    """A clean text with every address of ours whole, for whoever reads it far from our pages."""
    return _OWN_ADDRESS.sub(rf"\1{settings.SITE_URL}/", text)


def moment(when):
    return when.astimezone(days.VIETNAM).isoformat(timespec="seconds")


def known(**properties):
    return {name.replace("_", "@", 1) if name[0] == "_" else name: value for name, value in properties.items() if value}


def document(*items):
    """The items as one document; what they share is told once and pointed at by its @id."""
    return {"@context": "https://schema.org", "@graph": [item for item in items if item]}


# The newspaper


def organization_id():
    return absolute("/#organization")


def organization(site):
    address = site.address and {"@type": "PostalAddress", "streetAddress": site.address, "addressCountry": "VN"}
    governing = site.governing_body and {"@type": "Organization", "name": site.governing_body}
    return known(
        _type="NewsMediaOrganization", _id=organization_id(), name=site.name, alternateName=site.english_name,
        url=absolute("/"), logo=logo(site), slogan=site.tagline, email=site.email, telephone=site.phone,
        address=address, parentOrganization=governing, correctionsPolicy=absolute(reverse("corrections")),
        sameAs=[link for link in (site.facebook, site.zalo, site.youtube, site.tiktok) if link],
    )  # fmt: skip


def publisher(site):
    """The newspaper as the publisher of one article: by name and sign, with the @id of the whole of it."""
    return known(
        _type="NewsMediaOrganization", _id=organization_id(), name=site.name, url=absolute("/"), logo=logo(site)
    )


def logo(site):
    if site.logo:
        return image(site.logo_url, site.logo_width, site.logo_height)
    return square_logo()


def square_logo():
    """The sign of the newspaper where a wide name would not fit."""
    return image(static(LOGO), LOGO_SIZE, LOGO_SIZE)


def website(site):
    entry = absolute(reverse("search")) + "?q={search_term_string}"
    search = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": entry},
        "query-input": "required name=search_term_string",
    }
    return known(
        _type="WebSite", _id=absolute("/#website"), name=site.name, alternateName=site.english_name, url=absolute("/"),
        description=site.tagline, inLanguage="vi", publisher={"@id": organization_id()}, potentialAction=search,
    )  # fmt: skip


# Pictures


def image(path, width=0, height=0, **words):
    return known(_type="ImageObject", url=absolute(path), width=width, height=height, **words)


def images(photo):
    """The picture in the shapes that search results are made of; the picture itself where no others were cut."""
    if not photo or not photo.master:
        return []
    words = {"caption": photo.caption, "creditText": photo.credit}
    return [image(url, width, height, **known(**words)) for url, width, height in photo.shapes]


# An article


def person(author):
    return known(_type="Person", name=author.name, url=absolute(author.get_absolute_url()))


def authors(bylines, site):
    """Who is named, as people with their pages; the newspaper where the byline names nobody."""
    found = [person(byline.author) for byline in bylines if byline.author]
    return list({item["url"]: item for item in found}.values()) or [
        {"@type": "Organization", "name": site.name, "url": absolute("/")}
    ]


def article(article, site, *, bylines=(), topics=(), updates=(), corrections=(), english=None):
    """NewsArticle, or LiveBlogPosting for a live report; of its English version where that is given."""
    said, language = (english, "en") if english else (article, "vi")
    address = absolute(said.get_absolute_url())
    spoken = [said.body, *(update.body for update in updates)]  # of a live report all that stands on its page
    text = "\n".join(filter(None, (richtext.to_text(richtext.clean(each)) for each in spoken)))
    pictures = images(article.photo)
    item = known(
        _type="LiveBlogPosting" if article.genre == Genre.LIVE else "NewsArticle", _id=f"{address}#article",
        headline=said.title[:HEADLINE], url=address, mainEntityOfPage=address, description=said.lede,
        image=pictures, datePublished=moment(article.published_at), dateModified=moment(modified(article, updates)),
        author=authors(bylines, site), publisher=publisher(site), articleSection=section_name(article, english),
        keywords=[topic.name for topic in topics][:KEYWORDS], inLanguage=language, isAccessibleForFree=True,
        wordCount=len(text.split()), articleBody=text if len(text) <= BODY else "",
        thumbnailUrl=pictures[0]["url"] if pictures else "", correction=[correction(one) for one in corrections],
        translationOfWork=english and {"@id": f"{absolute(article.get_absolute_url())}#article"},
    )  # fmt: skip
    return item | recording(article, said, pictures) | live(article, site, updates)


def section_name(article, english):
    return (english and article.category.english_name) or article.category.name


def modified(article, updates=()):
    """When readers last saw it change; never before it was published."""
    times = [article.published_at, article.revised_at, *(update.posted_at for update in updates)]
    return max(time for time in times if time)


def correction(correction):
    words = " ".join(filter(None, (correction.wrong, correction.right, correction.apology)))
    return {"@type": "CorrectionComment", "text": words, "datePublished": moment(correction.issued_at)}


def recording(article, said, pictures):
    """The video or the sound in it. A video without a still is left out: Google refuses it."""
    player = players.parse(article.player) if article.player else None
    if player is None or (player.kind == "video" and not pictures):
        return {}
    words = known(
        _type="VideoObject" if player.kind == "video" else "AudioObject", name=said.title, description=said.lede,
        uploadDate=moment(article.published_at), embedUrl=player.frame, url=player.address,
        thumbnailUrl=[picture["url"] for picture in pictures],
    )  # fmt: skip
    return {player.kind: words}


def live(article, site, updates):
    if article.genre != Genre.LIVE:
        return {}
    posts = [live_update(article, update) for update in updates]
    return known(
        coverageStartTime=moment(article.published_at),
        coverageEndTime=moment(modified(article, updates)) if posts else "",
        liveBlogUpdate=posts,
    )


def live_update(article, update):
    text = richtext.to_text(richtext.clean(update.body))
    return known(
        _type="BlogPosting", headline=(update.title or text)[:HEADLINE], articleBody=text,
        datePublished=moment(update.posted_at), url=f"{absolute(article.get_absolute_url())}#tin-{update.pk}",
    )  # fmt: skip


# Where a page stands, and what it lists


def breadcrumb(*steps):
    """The way from the front page: (name, path) of each step, the page itself last."""
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": absolute(path)}
        for place, (name, path) in enumerate(steps, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def collection(name, path, articles, description=""):
    items = [
        {"@type": "ListItem", "position": place, "url": absolute(article.get_absolute_url())}
        for place, article in enumerate(articles, start=1)
    ]
    return known(
        _type="CollectionPage", _id=absolute(path), url=absolute(path), name=name, description=description,
        inLanguage="vi", isPartOf={"@id": absolute("/#website")},
        mainEntity=items and {"@type": "ItemList", "itemListElement": items},
    )  # fmt: skip


def profile(author, site):
    """The page of an author."""
    path = author.get_absolute_url()
    somebody = person(author) | known(description=author.about, worksFor={"@id": organization_id()})
    return known(_type="ProfilePage", _id=absolute(path), url=absolute(path), inLanguage="vi", mainEntity=somebody)
