"""What the search knows of one article, beside the index itself (articles/search)."""

from django.db import models


class SearchDocument(models.Model):
    """The row's number is the place of the article in time, so that "the newest first" is the order of the index.

    On PostgreSQL the table has one column more, `tokens`, and on SQLite the tokens are in a table of FTS5
    (articles/search/tables.py): neither is read as a row.
    """

    place = models.BigIntegerField(primary_key=True)
    article = models.OneToOneField("Article", models.CASCADE, related_name="+")
    packed = models.BinaryField()  # its texts and facets (articles/search/documents.py)
    version = models.PositiveSmallIntegerField()  # of the tokeniser that made its tokens
    indexed_at = models.DateTimeField(auto_now=True)

    class Meta:
        default_permissions = []

    def __str__(self):
        return f"{self.article_id} @ {self.place}"
