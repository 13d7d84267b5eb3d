"""The demo's readers: their comments, and how often they read what during the last seven days."""

import hashlib
from datetime import timedelta
from random import Random

from articles.models import Article, Comment, ReadCount

from .stories import ago

READ, HOURS = 40, 7 * 24  # articles that are read, and for how long
DAYTIME = [1, 1, 1, 1, 2, 5, 9, 10, 8, 6, 6, 8, 9, 6, 5, 5, 6, 8, 9, 10, 10, 8, 5, 2]  # by the hour in Vietnam


def write(comments, at):
    for item in comments:
        comment = Comment.objects.create(
            article=Article.objects.get(slug=item["article"]), name=item["name"], text=item["text"],
            state=item["state"], sender=hashlib.sha256(item["name"].encode()).hexdigest(),
        )  # fmt: skip
        Comment.objects.filter(pk=comment.pk).update(created_at=ago(at, item["hours_ago"]))


def read(at):
    """Counts by the hour: the newest articles are read most, by day more than by night, the same at every load."""
    lot, now = Random("readers"), at.replace(minute=0, second=0, microsecond=0)  # noqa: S311 (a demo, no secret)
    counts = []
    for article in Article.objects.published(at).newest().only("published_at")[:READ]:
        interest = lot.paretovariate(1.3)
        for hours in range(min(HOURS, int((at - article.published_at) / timedelta(hours=1)) + 1)):
            hour = now - timedelta(hours=hours)
            age = max(1.0, (hour - article.published_at) / timedelta(hours=1))
            number = int(interest * DAYTIME[(hour.hour + 7) % 24] * lot.uniform(0.6, 1.4) * 9 / (age + 6) ** 0.7)
            if number and hour >= article.published_at - timedelta(hours=1):
                counts.append(ReadCount(article=article, hour=hour, reads=number))
    ReadCount.objects.bulk_create(counts, batch_size=500)
