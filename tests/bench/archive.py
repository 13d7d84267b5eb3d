"""The archive that the benchmark reads: ten sections, twelve authors, articles spread evenly over five years."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from django.db import connection
from django.test.utils import setup_databases, teardown_databases

from articles.models import Article, Byline
from tests import factories

FIRST, LAST = datetime(2018, 1, 1, tzinfo=UTC), datetime(2023, 1, 1, tzinfo=UTC)
SECTIONS, AUTHORS = 10, 12
WORDS = "Huyện Đà Bắc đẩy mạnh phát triển vùng trồng cây dược liệu quý, nâng cao thu nhập cho người dân vùng cao. "


@contextmanager
def temporary_database():
    """A database made for this run and dropped after it, with every table."""
    made = setup_databases(verbosity=0, interactive=False)
    try:
        yield
    finally:
        teardown_databases(made, verbosity=0)


def grow_to(count):
    """So many published articles, each signed by one author. Times are even, so a day holds more as it grows."""
    missing = count - Article.objects.count()
    sections = [factories.section(f"Mục số {number}") for number in range(SECTIONS)]
    authors = [factories.author(f"Tác giả {number}") for number in range(AUTHORS)]
    apart = (LAST - FIRST) / missing * SECTIONS
    for number, section in enumerate(sections):
        begin = FIRST + timedelta(minutes=number)
        rows = factories.many(
            missing // SECTIONS,
            when=begin,
            apart=apart,
            category=section,
            body=f"<p>{WORDS * 8}</p>" * 6,
            lede=WORDS * 2,
        )
        Byline.objects.bulk_create(
            (Byline(article=row, author=authors[place % AUTHORS]) for place, row in enumerate(rows)), batch_size=500
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
