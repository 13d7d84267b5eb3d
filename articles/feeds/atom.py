"""Atom (RFC 4287)."""

from django.utils.feedgenerator import Atom1Feed

from articles import jsonld


class _Writer(Atom1Feed):
    def latest_post_date(self):
        return self.feed["changed"]

    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        handler.addQuickElement("icon", self.feed["logo"]["url"])

    def add_item_elements(self, handler, item):
        for name, url in item["people"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", name)
            if url:
                handler.addQuickElement("uri", url)
            handler.endElement("author")
        super().add_item_elements(handler, item)
        if item["image"]:
            handler.addQuickElement("link", None, {"rel": "enclosure", "type": "image/jpeg", "href": item["image"]})
        handler.addQuickElement("content", item["html"], {"type": "html"})


class AtomFeed:
    name = "atom"
    content_type = "application/atom+xml; charset=utf-8"

    def __init__(self, site, scope, items, changed):
        self.writer = _Writer(
            title=scope.title, link=scope.page_url, description=None, subtitle=scope.description, language="vi",
            feed_url=scope.feed_url, feed_guid=scope.feed_url, author_name=site.name,
            author_link=jsonld.absolute("/"), feed_copyright=site.name, changed=changed, logo=jsonld.square_logo(),
        )  # fmt: skip
        for item in items:
            self._add(item)

    def _add(self, item):
        self.writer.add_item(
            item.title, item.url, item.summary, unique_id=item.id, pubdate=item.published, updateddate=item.updated,
            categories=item.categories, html=item.html, people=item.authors, image=item.image,
        )  # fmt: skip

    def text(self):
        return self.writer.writeString("utf-8")
