"""RSS 2.0 with the modules that readers know: atom:link, content:encoded, dc:creator, media:content."""

from django.utils.feedgenerator import Rss201rev2Feed

from articles import jsonld


class _Writer(Rss201rev2Feed):
    def rss_attributes(self):
        return super().rss_attributes() | {
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
            "xmlns:media": "http://search.yahoo.com/mrss/",
        }

    def latest_post_date(self):
        return self.feed["changed"]

    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        logo = self.feed["logo"]
        handler.startElement("image", {})
        handler.addQuickElement("url", logo["url"])
        handler.addQuickElement("title", self.feed["title"])  # the same as the channel's, as RSS asks
        handler.addQuickElement("link", self.feed["link"])
        handler.endElement("image")

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        for name in item["creators"]:
            handler.addQuickElement("dc:creator", name)
        handler.addQuickElement("content:encoded", item["html"])
        if photo := item["photo"]:
            facts = {"url": item["image"], "medium": "image", "type": "image/jpeg"}
            facts |= {"width": str(photo.width), "height": str(photo.height)}
            handler.startElement("media:content", facts)
            if photo.caption:
                handler.addQuickElement("media:description", photo.caption, {"type": "plain"})
            if photo.credit:
                handler.addQuickElement("media:credit", photo.credit, {"role": "photographer", "scheme": "urn:ebu"})
            handler.endElement("media:content")


class RSSFeed:
    name = "rss"
    content_type = "application/rss+xml; charset=utf-8"

    def __init__(self, site, scope, items, changed):
        self.writer = _Writer(
            title=scope.title, link=scope.page_url, description=scope.description, language="vi",
            feed_url=scope.feed_url, feed_copyright=site.name, changed=changed, logo=jsonld.square_logo(),
        )  # fmt: skip
        for item in items:
            self._add(item)

    def _add(self, item):
        self.writer.add_item(
            item.title, item.url, item.summary, unique_id=item.id, unique_id_is_permalink=False,
            pubdate=item.published, categories=item.categories, html=item.html, photo=item.photo, image=item.image,
            creators=[name for name, _url in item.authors],
        )  # fmt: skip

    def text(self):
        return self.writer.writeString("utf-8")
