"""A query that is written once answers as the queryset would that is built anew."""

from datetime import timedelta

import pytest
from django.db import models

from articles.compiled import Compiled
from articles.models import Article
from tests import factories

pytestmark = pytest.mark.django_db
WHEN = factories.at("2023-03-22 08:00")


@Compiled
def newest(at, sections, without):
    public = Article.objects.published(at).filter(category__in=sections).exclude(pk=without)
    return public.newest().values_list("title", "published_at")


def test_each_call_has_its_own_values():
    one, two = factories.published(WHEN, title="Một"), factories.published(WHEN + timedelta(hours=1), title="Hai")
    sections = [one.category_id]
    assert newest(at=WHEN + timedelta(hours=2), sections=sections, without=0) == [
        ("Hai", two.published_at), ("Một", one.published_at),
    ]  # fmt: skip
    assert newest(at=WHEN, sections=sections, without=0) == [("Một", one.published_at)]
    assert newest(at=WHEN + timedelta(hours=2), sections=sections, without=one.pk) == [("Hai", two.published_at)]


def test_a_list_of_another_length_is_another_query():
    one = factories.published(WHEN)
    other = factories.published(WHEN, category=factories.section("Văn hóa"))
    assert len(newest(at=WHEN, sections=[one.category_id], without=0)) == 1
    assert len(newest(at=WHEN, sections=[one.category_id, other.category_id], without=0)) == 2
    assert newest(at=WHEN, sections=[], without=0) == []


def test_it_is_built_once(django_assert_num_queries):
    built = []

    @Compiled
    def counted(at):
        built.append(at)
        return Article.objects.published(at).values_list("pk")

    counted(at=WHEN)
    before = len(built)
    with django_assert_num_queries(3):
        [counted(at=WHEN) for _time in range(3)]
    assert len(built) == before


@pytest.mark.parametrize(
    "build",
    [
        lambda at: Article.objects.published(at - timedelta(days=1)).values_list("pk"),
        lambda at: Article.objects.published(at).annotate(n=models.Value(at.microsecond)).values_list("n"),
        lambda at: Article.objects.values_list("pk"),
    ],
)
def test_an_argument_that_becomes_no_parameter_is_refused(build):
    build.__name__ = "build"
    with pytest.raises(ValueError, match="argument|parameters"):
        Compiled(build)(at=WHEN)
