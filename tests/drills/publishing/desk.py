"""The desk of the drill of publications: what is written, published and withdrawn, in a process of its own."""

from datetime import timedelta

from django.db import connection, connections, transaction
from django.utils import timezone

from articles import pagecache
from articles.editorial import transitions
from tests import factories


class Desk:
    def __init__(self, archive):
        self.section = factories.section("Kinh tế")
        self.published, self.vendor = [], connection.vendor
        begin = timezone.now() - timedelta(days=1500)
        for first in range(0, archive, 5_000):
            number = min(5_000, archive - first)
            begin = factories.many(number, when=begin, category=self.section)[-1].published_at

    def publish(self, word):
        """A story whose text alone has that word, published now by one transaction."""
        article = factories.draft(category=self.section, title=f"Tin {word}", body=f"<p>Nội dung có {word}.</p>")
        factories.signed(article)
        with transaction.atomic():
            transitions.publish(article)
        self.published.append(article)
        return article

    def withdraw(self):
        article = self.published.pop()
        with transaction.atomic():
            transitions.withdraw(article)
        return article.get_absolute_url()

    def purge_front(self):
        pagecache.purge(["front"])

    def addresses(self):
        """Pages of each kind, and the last stories."""
        day = f"/ngay/{timezone.localtime():%Y/%m}/"
        found = ["/", "/kinh-te/", "/rss/", "/sitemap-news.xml", "/sitemap.xml", "/robots.txt", "/tac-gia/ha-thu/", day]
        return found + [article.get_absolute_url() for article in self.published[-20:]]

    def leave(self):
        connections.close_all()
