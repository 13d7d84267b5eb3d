"""Rows that tie articles to an author or a topic, with the article's time beside them: their pages by keyset.

Design note: `public_at` is kept by triggers (articles/triggers.py). From the articles alone the newest of an author
would be found among all that the author ever wrote, or among all that was ever published.
"""

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from .article import Article, moment_of
from .newest import nearer
from .topic import Topic


class ListingQuerySet(models.QuerySet):
    def public(self, at=None):
        return self.filter(public_at__lte=at or timezone.now())

    def older_than(self, pk):
        """Those of the articles behind article `pk`, as of ArticleQuerySet."""
        moment = moment_of(pk)
        return nearer(self, public_at__lte=moment).exclude(public_at=moment, article__gte=pk)

    def newest(self, number):
        """The newest of their articles, each once: an author may have two credits for one."""
        once = self.order_by("-public_at", "-article_id").values("public_at", "article_id").annotate(Count("pk"))
        return Article.objects.published().filter(pk__in=once.values("article_id")[:number]).newest()

    def cards(self, number):
        return self.newest(number).for_cards()


class TopicListing(models.Model):
    """The rows that tie articles to topics, with the time of the article beside them: a topic's page by keyset.

    The table is that of `Article.topics`. Were this its `through`, Django would no longer let a form write to it.
    `public_at` is kept by triggers (migration 0010), as `Byline.public_at` is.
    """

    topic = models.ForeignKey(Topic, models.DO_NOTHING, related_name="+")
    article = models.ForeignKey(Article, models.DO_NOTHING, related_name="+")
    public_at = models.DateTimeField(null=True)

    objects = ListingQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "articles_article_topics"

    def __str__(self):
        return f"{self.topic_id}: {self.article_id}"


def topics(at=None):
    """Every topic, and with it whether readers may know of it (`is_shown`): the desk features it, or something public
    belongs to it. The name of one that was made for a draft tells what the draft is about."""
    public = TopicListing.objects.public(at).filter(topic=OuterRef("pk"))
    return Topic.objects.annotate(is_shown=Q(is_featured=True) | Exists(public))
