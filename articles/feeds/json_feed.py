"""JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

import json

from articles import jsonld


class JSONFeed:
    name = "json"
    content_type = "application/feed+json; charset=utf-8"

    def __init__(self, site, scope, items, changed):
        self.feed = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": scope.title,
            "home_page_url": scope.page_url,
            "feed_url": scope.feed_url,
            "description": scope.description,
            "icon": jsonld.square_logo()["url"],
            "authors": [{"name": site.name, "url": jsonld.absolute("/")}],
            "language": "vi",
            "items": [_item(item) for item in items],
        }

    def text(self):
        return json.dumps(self.feed, ensure_ascii=False)


def _item(item):
    said = {
        "id": item.id,
        "url": item.url,
        "title": item.title,
        "summary": item.summary,
        "content_html": item.html,
        "date_published": jsonld.moment(item.published),
        "date_modified": jsonld.moment(item.updated),
        "authors": [{"name": name, "url": url} if url else {"name": name} for name, url in item.authors],
        "tags": item.categories,
        "language": "vi",
    }
    if item.photo:
        said["image"] = item.image
    return said
