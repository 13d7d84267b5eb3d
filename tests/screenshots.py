"""Every page type of the demo newspaper, as docs/screenshots/<page>-<width>-<scheme>.webp.

    make screenshots        (with `make run` in another terminal; needs Chromium)

`python -m tests.screenshots --list` prints the addresses, one of each page type, for other tools.
"""

import io
import os
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
django.setup()

from PIL import Image  # noqa: E402 (Django first)
from playwright.sync_api import sync_playwright  # noqa: E402

from articles import days  # noqa: E402
from articles.models import Article, Author, EnglishVersion, Genre, StaticPage, Topic  # noqa: E402

SITE = os.environ.get("SITE", "http://127.0.0.1:8000")
FOLDER = Path(__file__).parent.parent / "docs" / "screenshots"
WIDTHS, SCHEMES, TALLEST = (390, 1280), ("light", "dark"), 2400  # CSS pixels
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def addresses():
    """{name of the page type: its address}; a type of which the site has none is left out."""
    public = Article.objects.published().select_related("category").newest()
    sample = public.last()  # the page of 2010 that it all started from
    day = f"{days.of(sample.published_at):%Y/%m/%d}"
    genres = [Genre.INTERVIEW, Genre.PHOTOS, Genre.VIDEO, Genre.INFOGRAPHIC, Genre.LIVE, Genre.FEATURE]
    busy = f"{days.of(public.first().published_at):%Y/%m}"
    rows = {
        "front": "/",
        "section": "/kinh-te/",
        "article": sample,
        **{genre.value: public.filter(genre=genre).first() for genre in genres},
        "corrected": public.filter(corrections__isnull=False).first(),
        "day": f"/ngay/{day}/",
        "day-of-a-section": f"/{sample.category.slug}/ngay/{day}/",
        "month": f"/ngay/{busy}/",
        "year": f"/ngay/{busy[:4]}/",
        "search": "/tim-kiem/?q=thuy+dien",
        "search-nothing": "/tim-kiem/?q=khung+long+bao+chua",
        "author": Author.objects.filter(bylines__article__in=public).first(),
        "topic": Topic.objects.featured().first(),
        "static-page": StaticPage.objects.filter(is_public=True).first(),
        "corrections": "/cai-chinh/",
        "comments": _comments(public),
        "english-front": "/en/",
        "english-article": EnglishVersion.objects.published().select_related("article__category").first(),
        "offline": "/ngoai-tuyen/",
        "not-found": "/khong-co/",
    }
    return {name: row if isinstance(row, str) else row.get_absolute_url() for name, row in rows.items() if row}


def _comments(public):
    article = public.filter(category__has_comments=True, comments_closed=False).first()
    return f"/y-kien/{article.pk}/" if article else None


def take(browser, name, address):
    for scheme in SCHEMES:
        for width in WIDTHS:
            page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme, locale="vi-VN")
            for _visit in range(2):  # the second with the font at hand
                page.goto(SITE + address, wait_until="networkidle")
            height = min(TALLEST, page.evaluate("document.documentElement.scrollHeight"))
            page.set_viewport_size({"width": width, "height": height})  # lazy pictures arrive
            page.wait_for_timeout(700)
            picture = Image.open(io.BytesIO(page.screenshot(clip={"x": 0, "y": 0, "width": width, "height": height})))
            picture.convert("RGB").save(FOLDER / f"{name}-{width}-{scheme}.webp", quality=50, method=6)
            page.close()


def main(wanted):
    found = {name: address for name, address in addresses().items() if not wanted or name in wanted}
    with sync_playwright() as playwright:
        chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for name, address in found.items():
            take(browser, name, address)
            print(f"{name}: {address}", flush=True)
        browser.close()


if __name__ == "__main__":
    if "--list" in sys.argv:
        print("\n".join(f"{name}\t{address}" for name, address in addresses().items()))
    else:
        main(sys.argv[1:])
