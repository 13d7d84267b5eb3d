"""The desk of the drill of publications: what is written, published and withdrawn, in a process of its own."""

from datetime import timedelta

from django.db import connection, connections, transaction
from django.utils import timezone

from articles import pagecache
from articles.editorial import transitions
from articles.models import Article, Category
from tests import factories


class Desk:
    def __init__(self, archive):
        """`archive`: how many articles are made first; None: those that are there."""
        self.section = factories.section("Kinh tế") if archive else Category.objects.filter(parent=None).first()
        self.published, self.vendor = [], connection.vendor
        begin = timezone.now() - timedelta(days=1500)
        for first in range(0, archive or 0, 5_000):
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

    def articles(self):
        return Article.objects.count()

    def purge_front(self):
        pagecache.purge(["front"])

    def addresses(self):
        """Pages of each kind, and the last stories."""
        day = f"/ngay/{timezone.localtime():%Y/%m}/"
        section = self.section.get_absolute_url()
        found = ["/", section, "/rss/", "/sitemap-news.xml", "/sitemap.xml", "/robots.txt", "/tac-gia/ha-thu/", day]
        return found + [article.get_absolute_url() for article in self.published[-20:]]

    def leave(self):
        connections.close_all()
