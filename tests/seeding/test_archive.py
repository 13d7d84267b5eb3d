"""A synthetic archive of a few hundred articles, loaded once for this module, by both databases' fast doors."""

import random
from collections import Counter
from functools import cache
from statistics import quantiles

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from articles import days, richtext, seeding, triggers, vietnamese
from articles.models import (
    Article,
    Author,
    Byline,
    Category,
    DayCount,
    Photo,
    PhotoUse,
    RelatedLink,
    State,
    Topic,
    TopicListing,
)
from articles.seeding import newsroom, vocabulary, writing
from tests import factories

NUMBER = 800
pytestmark = [pytest.mark.django_db]


@pytest.fixture(scope="module")
def archive(django_db_setup, django_db_blocker):
    """Loaded and committed, as the loader's own transaction asks; what the database had to give back is in it."""
    with django_db_blocker.unblock():
        before = schema()
        seeding.seed(NUMBER, draw=False)
        yield before
        call_command("flush", interactive=False, verbosity=0)


def schema():
    """Every index, key and trigger of the database, by name, with its words."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")
        else:
            cursor.execute(
                "SELECT indexname::text, indexdef FROM pg_indexes WHERE schemaname = 'public' "
                "UNION ALL SELECT conname::text || conrelid, pg_get_constraintdef(oid) FROM pg_constraint "
                "UNION ALL SELECT tgname::text, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal"
            )
        return sorted(cursor.fetchall(), key=str)


@cache
def written(number=NUMBER, seed=1):
    """{model: rows} as the generator gives them, without a database."""
    rng = random.Random(seed)  # noqa: S311 (as the product draws)
    words = vocabulary.Vocabulary(rng)
    room = newsroom.Newsroom(words)
    desk = writing.Desk(rng, words, room, number)
    return {**room.rows, Article: list(desk.articles()), **desk.take()}


def stored(model):
    """The rows of a table as text, each with its columns: moments in UTC, as both databases were given them."""
    columns = [field.attname for field in model._meta.concrete_fields]
    return [
        {name: str(value)[:19] if hasattr(value, "tzinfo") else value for name, value in zip(columns, row, strict=True)}
        for row in model.objects.order_by("pk").values_list(*columns)
    ]


def test_both_databases_hold_what_the_seed_says_row_by_row(archive):
    for model, rows in written().items():
        found = stored(model)
        assert len(found) == len(rows)
        assert all(row.items() <= there.items() for row, there in zip(rows, found, strict=True)), model


def test_another_seed_is_another_archive():
    ours, other = written(20, 1)[Article], written(20, 2)[Article]
    assert ours != other
    written.cache_clear()
    assert ours == written(20, 1)[Article]


def test_the_models_would_have_written_the_same(archive):
    for model, most in ((Article, 150), (Category, 40), (Author, 60), (Topic, 40), (Photo, 40)):
        for instance in model.objects.filter(pk__in=range(1, 10_000, model.objects.count() // most)):
            instance.full_clean()
            before = model.objects.values().get(pk=instance.pk)
            instance.save()
            after = model.objects.values().get(pk=instance.pk)
            assert {name for name in before if before[name] != after[name]} <= {"updated_at"}


def test_a_name_borne_twice_gets_the_slug_that_a_second_author_gets(archive):
    doubled = Author.objects.filter(slug__endswith="-2").first()
    first = doubled.slug.removesuffix("-2")
    assert Author.objects.get(slug=first).name == doubled.name
    assert doubled.free_slug() == doubled.slug


def test_the_triggers_would_have_written_the_same(archive):
    counts = {(row.day, row.section_id): row.number for row in DayCount.objects.all()}
    times = [list(model.objects.order_by("pk").values_list("public_at")) for model in (Byline, TopicListing)]
    triggers.count_anew(connection)
    assert counts == {(row.day, row.section_id): row.number for row in DayCount.objects.all()}
    assert times == [list(model.objects.order_by("pk").values_list("public_at")) for model in (Byline, TopicListing)]
    public = Article.objects.released().select_related("category")
    assert counts == Counter((days.of(article.published_at), article.category_id) for article in public)


def test_photos_in_texts_are_noted_as_the_receivers_note_them(archive):
    shown = PhotoUse.objects.values_list("key", "photo_id")
    masters = dict(Photo.objects.values_list("pk", "master"))
    assert shown
    assert all(masters[photo] in Article.objects.get(pk=key).body for key, photo in shown)
    assert Article.objects.filter(body__contains="<figure").count() == len(shown)


def test_photos_are_found_by_their_words(archive):
    photo = Photo.objects.get(pk=7)
    assert photo in Photo.objects.search(photo.caption)


def test_indexes_keys_and_triggers_are_back_as_they_were(archive):
    assert schema() == archive


def test_what_is_written_next_gets_the_next_number(archive):
    assert factories.draft(category=Category.objects.first()).pk == NUMBER + 1


def test_a_needle_stands_in_its_share_and_nowhere_by_accident(archive):
    texts = Article.objects.values_list("title", "lede", "body")
    keys = [f" {vietnamese.key(f'{title} {lede} {richtext.to_text(body)}')} " for title, lede, body in texts]
    for name, apart in vocabulary.NEEDLES.items():
        found = sum(f" {vietnamese.key(name)} " in key for key in keys)
        assert found == len([n for n in range(1, NUMBER + 1) if n % apart == _first(name)])
    assert sum(bool(vocabulary.KEPT_OUT & set(key.split())) for key in keys) == 2 * NUMBER // 200 + 1


def _first(name):
    return vocabulary.FIRST + list(vocabulary.NEEDLES).index(name)


def test_texts_are_as_long_as_those_of_newspapers(archive):
    titles, ledes, bodies = zip(*Article.objects.values_list("title", "lede", "body"), strict=True)
    measured = [
        ([len(title) for title in titles], (34, 59, 89)),
        ([len(lede) for lede in ledes], (101, 150, 244)),
        ([len(richtext.to_text(body).split()) for body in bodies], (139, 430, 1242)),
        ([body.count("<p>") for body in bodies], (4, 11, 30)),
    ]
    for lengths, wanted in measured:
        cuts = quantiles(lengths, n=20)
        for found, known in zip((cuts[0], cuts[9], cuts[18]), wanted, strict=True):
            assert known * 0.8 <= found <= known * 1.25


def test_it_has_the_sections_people_and_pictures_of_a_large_newspaper(archive):
    assert Category.objects.filter(parent=None).count() == 20
    assert Category.objects.count() == 200
    assert Author.objects.count() == 5_000
    assert Photo.objects.count() == 300
    assert RelatedLink.objects.exists()
    states = Counter(Article.objects.values_list("state", flat=True))
    assert set(states) == set(State.values) - {State.TRASHED}
    assert Article.objects.scheduled().count() == NUMBER // 100
    span = Article.objects.published().newest().values_list("published_at", flat=True)
    assert (span.first() - span.last()).days > 19 * 365


def test_readers_and_the_desk_can_read_it(archive, stranger, desk):
    article = Article.objects.published().select_related("category").exclude(photo=None).first()
    section, day = article.category.get_absolute_url(), days.of(article.published_at)
    for address in ("/", article.get_absolute_url(), section, f"/ngay/{day:%Y/%m/%d}/"):
        assert stranger.get(address).status_code == 200
    form = desk("chris").get(f"/admin/articles/article/{article.pk}/change/")
    assert form.status_code == 200


def test_where_something_is_already_nothing_is_written(archive):
    with pytest.raises(CommandError, match=r"empty database|trống"):
        call_command("seed_archive", articles=10, no_pictures=True)
    assert Article.objects.count() == NUMBER


@pytest.mark.parametrize("title", ["Nếp luân phiên", "Nếp luân 5 m³ rồi chia", "Một " * 40])
def test_an_address_is_the_one_that_the_desk_would_give(title):
    assert writing.slug(vietnamese.key(title)) == vietnamese.slug(title)
