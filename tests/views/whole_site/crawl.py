"""Every address of the site, found as a crawler finds them: what is known, and what the pages link to."""

import re

from articles.models import Author, Category, Topic
from tests import factories

LINK = re.compile(r'(?:href|action|src|content)="(/[^"#]*)"')
APART = ("/static/", "/admin/", "/media/")  # no pages of ours to read
DAY = "2023-03-22"


def known(day=DAY, words="thuy dien"):
    """The addresses of a site that has sections, authors and news of one day."""
    year, month, date = day.split("-")
    scopes = ["", *(f"/{slug}" for slug in Category.objects.values_list("slug", flat=True))]
    found = ["/", "/rss/", "/ngay/", f"/tim-kiem/?q={words.replace(' ', '+')}", "/robots.txt", "/healthz", "/readyz"]
    found += ["/en/", "/cai-chinh/", "/ngoai-tuyen/", "/llms.txt", "/sitemap-pages.xml", "/sitemap-news.xml"]
    found += ["/atom/", "/feed.json", "/sitemap.xml", f"/sitemap-{year}-{month}.xml", f"/ngay/{year}/", "/sw.js"]
    found += [f"/chu-de/{slug}/" for slug in Topic.objects.values_list("slug", flat=True)]
    for scope in scopes:
        found += [f"{scope}/", f"{scope}/rss/"] if scope else []
        found += [f"{scope}/ngay/{year}/{month}/{date}/", f"{scope}/ngay/{year}/{month}/"]
    return found + [f"/tac-gia/{slug}/" for slug in Author.objects.values_list("slug", flat=True)]


def crawl(client, start):
    """{address: response} of `start` and all that is linked from there."""
    seen, waiting = {}, list(start)
    while waiting:
        address = waiting.pop()
        if address in seen or address.startswith(APART):
            continue
        seen[address] = client.get(address)
        links = LINK.findall(seen[address].content.decode())
        waiting += [link.replace("&amp;", "&") for link in links]
        waiting += [seen[address].url] if seen[address].status_code in {301, 302} else []
    return seen


def one_of_each():
    """A site with everything: {name of the kind of page: its address}."""
    child = factories.subsection("Nông nghiệp", "Kinh tế")
    photo = factories.photo_without_files()
    article = factories.published(f"{DAY} 08:00", title="Hồ thủy điện", category=child, photo=photo)
    factories.signed(article, "Hà Thu")
    other = factories.published(f"{DAY} 09:00", title="Tin khác", category=child.parent)
    factories.link(article, other)
    return {
        "front": "/",
        "section": "/kinh-te/",
        "sub-section": "/nong-nghiep/",
        "article": article.get_absolute_url(),
        "day": "/ngay/2023/03/22/",
        "day of a section": "/kinh-te/ngay/2023/03/22/",
        "month": "/ngay/2023/03/",
        "month of a section": "/kinh-te/ngay/2023/03/",
        "search": "/tim-kiem/?q=thuy+dien",
        "author": "/tac-gia/ha-thu/",
        "feed": "/rss/",
        "feed of a section": "/kinh-te/rss/",
    }


KINDS = [
    *("front", "section", "sub-section", "article", "day", "day of a section", "month", "month of a section"),
    *("search", "author", "feed", "feed of a section"),
]
