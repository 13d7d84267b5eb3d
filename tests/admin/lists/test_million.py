"""What the lists of the desk must not do in an archive of a million: count it, sort it, walk through it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import outbox
from articles.editorial import trail
from articles.models import Article, Comment, ImportedSource, Photo, Redirect
from tests import base, factories
from tests.admin.forms import LIST_URL

pytestmark = pytest.mark.django_db

DESK = "/admin/articles"
BIG = ["article", "photo", "comment", "trailentry", "redirect", "importedsource", "englishversion", "readcount"]
LISTS = {
    "articles": (LIST_URL, 14),
    "articles of a section": (f"{LIST_URL}?section=kinh-te", 14),
    "articles by the time of publication": (f"{LIST_URL}?o=-6", 14),
    "photos": (f"{DESK}/photo/", 8),
    "photos with a word": (f"{DESK}/photo/?q=anh", 8),
    "comments": (f"{DESK}/comment/", 10),
    "comments of all states": (f"{DESK}/comment/?state=all", 10),
    "trail": (f"{DESK}/trailentry/", 10),
    "trail with a word": (f"{DESK}/trailentry/?q=cam", 11),
    "old addresses": (f"{DESK}/redirect/", 8),
    "imported pages": (f"{DESK}/importedsource/", 8),
    "English versions": (f"{DESK}/englishversion/", 9),
    "corrections": (f"{DESK}/correction/", 8),
    "assignments": (f"{DESK}/assignment/", 10),
    "notices": ("/admin/notices/", 8),
}


def fill(number):
    articles = factories.many(number)
    now = timezone.now()
    Comment.objects.bulk_create([Comment(article=one, name="Thu", text="Cảm ơn", sender="x") for one in articles])
    Redirect.objects.bulk_create([Redirect(path=f"/cu-{one.pk}", article=one) for one in articles])
    ImportedSource.objects.bulk_create(
        [ImportedSource(article=one, name=f"{one.pk}.html", sha256=str(one.pk), content=b"", imported_at=now)
         for one in articles]
    )  # fmt: skip
    Photo.objects.bulk_create(
        [Photo(caption=f"Ảnh {one.pk}", search_text=f"anh {one.pk}", master=f"{one.pk}") for one in articles]
    )
    for article in articles[:2]:
        trail.record(base.person("sam"), "save", article)


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("person", ["rita", "ed", "sam", "root"])
def test_no_list_counts_a_big_table_or_asks_more_questions_of_a_full_one(desk, django_user_model, name, person):
    if person == "root":
        django_user_model.objects.create_superuser("root")
    address, most = LISTS[name]
    client = desk(person)
    numbers = []
    for rows in (3, 60):
        fill(rows)
        with CaptureQueriesContext(connection) as asked:
            response = client.get(address)
        if response.status_code == 403:
            return
        assert [query["sql"] for query in asked if counts_all(query["sql"])] == []
        numbers.append(len(asked))
    assert response.status_code == 200
    assert numbers[1] <= most
    assert numbers[1] <= numbers[0] + 1  # what does not fit on one page is counted to a thousand


def counts_all(sql):
    """Whether it counts the rows of a big table without an end, but for those tied to one row of another."""
    is_big = any(f'FROM "articles_{noun}"' in sql for noun in BIG)
    return is_big and sql.startswith("SELECT COUNT(") and "LIMIT" not in sql


# The order


@pytest.mark.parametrize("column", [1, 2, 3, 4, 5, -2, -5, 99])
def test_the_list_cannot_be_sorted_by_what_no_index_sorts(desk, column):
    factories.published()
    response = desk("ed").get(LIST_URL, {"o": str(column)})
    assert response.context["cl"].queryset.query.order_by == ("-updated_at", "-pk")
    assert 'aria-sort="ascending"' not in response.content.decode()


@pytest.mark.parametrize(("order", "by"), [("6", "published_at"), ("7", "updated_at"), ("7.6", "updated_at")])
def test_by_a_clock_it_is_sorted_in_the_direction_of_its_index(desk, order, by):
    client = desk("ed")
    assert client.get(LIST_URL, {"o": order}).context["cl"].queryset.query.order_by == (by, "pk")
    assert client.get(LIST_URL, {"o": f"-{order}"}).context["cl"].queryset.query.order_by == (f"-{by}", "-pk")


INDEXED = {
    "section=kinh-te": "article_desk_top",
    "section=nong-nghiep": "article_desk_section",
    "genre=video": "article_desk_genre",
    "writer=me": "article_desk_writer",
    "handler=me": "article_desk_hand",
    "state=draft&state=returned": "article_unpublished",
    "state=withdrawn": "article_unpublished",
}


@pytest.mark.parametrize("query", INDEXED)
def test_each_filter_has_an_index_that_sorts_what_it_finds(desk, query):
    """Where hardly an article is like it, so that a walk along the whole list would find it last."""
    factories.subsection()
    factories.many(400, category=factories.section("Xã hội"))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
    found = desk("sam").get(f"{LIST_URL}?{query}").context["cl"].queryset[:51]
    assert INDEXED[query] in found.explain()


# Behind a thousand


@pytest.fixture
def short(monkeypatch):
    monkeypatch.setattr("articles.admin.lists.paging.LIMIT", 60)


def walk(client, address, pages=(1, 2)):
    """The numbers of all articles, stretch by stretch, and how many stretches there were."""
    seen, stretches = [], 0
    while address and stretches < 9:
        stretches += 1
        for page in pages:
            response = client.get(f"{LIST_URL}{address}&p={page}")
            seen += [article.pk for article in response.context["cl"].result_list]
            if not response.context["cl"].multi_page:
                break
        address = response.context["cl"].older
    return seen, stretches


@pytest.mark.parametrize("query", ["?o=-7", "?o=7", "?section=kinh-te", "?day_from=2020-01-01", "?state=published"])
def test_behind_the_first_ones_the_list_goes_on_to_its_end(desk, short, query):
    factories.many(150)
    seen, stretches = walk(desk("ed"), query)
    assert stretches == 3
    assert sorted(seen) == sorted(Article.objects.values_list("pk", flat=True))


def test_articles_of_one_moment_are_neither_left_out_nor_shown_twice(desk, short):
    factories.many(150)
    Article.objects.update(updated_at=factories.at("2023-03-22 08:00"))
    seen, _stretches = walk(desk("ed"), "?section=kinh-te")
    assert len(seen) == len(set(seen)) == 150


def test_the_way_on_stands_on_the_last_page_only_and_the_way_back_behind_it(desk, short):
    factories.many(61)
    client = desk("ed")
    assert client.get(LIST_URL).context["cl"].older == ""
    last = client.get(LIST_URL, {"p": "2"})
    assert "Bài cũ hơn" in last.content.decode()
    behind = client.get(LIST_URL + last.context["cl"].older)
    assert len(behind.context["cl"].result_list) == 1
    assert "Về những bài đầu" in behind.content.decode()
    assert behind.context["cl"].older == ""


@pytest.mark.parametrize("place", ["x", "1-", "-1", "9" * 18 + "-1", "1-" + "9" * 30, "1--1", "\u0661-1", "'; --"])
def test_a_place_that_is_none_shows_the_list_from_its_beginning(desk, place):
    factories.published(title="Bài")
    response = desk("ed").get(LIST_URL, {"behind": place})
    assert [article.title for article in response.context["cl"].result_list] == ["Bài"]


def test_how_far_back_it_is_is_forgotten_when_something_else_is_asked(desk, short):
    factories.many(61)
    client = desk("ed")
    behind = client.get(LIST_URL + client.get(LIST_URL, {"p": "2"}).context["cl"].older).context["cl"]
    assert "behind" not in behind.address({"genre": "video"})
    assert "behind" not in behind.query_string
    assert not behind.has_active_filters


# Names of many


def test_an_author_of_very_many_is_found_as_one_of_few_is(desk, monkeypatch):
    section = factories.section()
    for number in range(4):
        factories.signed(factories.published(title=f"Bài {number}", category=section), "Hà Thu")
    factories.signed(factories.published(title="Khác"), "Đặng Trung")
    few = [article.title for article in desk("ed").get(LIST_URL, {"author": "thu"}).context["cl"].result_list]
    monkeypatch.setattr("articles.admin.lists.filters.FEW", 2)
    many = [article.title for article in desk("ed").get(LIST_URL, {"author": "thu"}).context["cl"].result_list]
    assert many == few == ["Bài 3", "Bài 2", "Bài 1", "Bài 0"]


# What is read word by word


def test_the_trail_is_searched_among_its_newest_and_further_back_by_days(desk, clock, monkeypatch):
    monkeypatch.setattr("articles.admin.trail.screen.SEARCHED", 3)
    for day in ("2023-03-20 08:00", "2023-03-21 08:00", "2023-03-22 08:00", "2023-03-23 08:00"):
        clock(factories.at(day))
        trail.record(base.person("sam"), "export", label=f"Cam {day[8:10]}")
    client = desk("chris")  # whose sign-in is the newest entry

    def found(**query):
        response = client.get(f"{DESK}/trailentry/", {"q": "cam", **query})
        return [entry.label for entry in response.context["cl"].result_list]

    assert found() == ["Cam 23", "Cam 22"]
    assert found(day_to="2023-03-21") == ["Cam 21", "Cam 20"]


def test_comments_are_searched_among_the_newest(desk, monkeypatch):
    monkeypatch.setattr("articles.admin.readers.comments.SEARCHED", 1)
    article = factories.published()
    for text in ("Cam ngon", "Cam chua"):
        factories.comment(article, text=text)
    response = desk("sam").get(f"{DESK}/comment/", {"q": "cam", "state": "all"})
    assert [comment.text for comment in response.context["cl"].result_list] == ["Cam chua"]
    assert "10.000" in response.content.decode()


# Sections, authors and topics that have thousands


def test_what_a_section_or_an_author_has_is_named_for_a_part_when_it_stands_in_the_way(desk, monkeypatch):
    monkeypatch.setattr("articles.admin.deletion.HeldMixin.NAMED", 2)
    articles = factories.many(5)
    for article in articles:
        factories.signed(article, "Hà Thu")
    client = desk("chris")
    for address in (f"category/{articles[0].category_id}", f"author/{factories.author('Hà Thu').pk}"):
        with CaptureQueriesContext(connection) as asked:
            response = client.get(f"{DESK}/{address}/delete/")
        html = response.content.decode()
        assert html.count("Tin loạt số") == 2
        assert "… và những mục khác" in html
        assert len(asked) <= 20


def test_a_topic_is_deleted_without_reading_what_it_is_tied_to(desk):
    topic = factories.topic(name="Bão số 3")
    for article in factories.many(30):
        article.topics.add(topic)
    client = desk("chris")
    with CaptureQueriesContext(connection) as asked:
        html = client.get(f"{DESK}/topic/{topic.pk}/delete/").content.decode()
    assert "Bão số 3" in html
    assert not any('FROM "articles_article_topics"' in query["sql"] for query in asked)
    client.post(f"{DESK}/topic/{topic.pk}/delete/", {"post": "yes"})
    assert not Article.objects.filter(topics__isnull=False).exists()


def test_saving_a_section_touches_its_articles_only_when_it_moves(monkeypatch):
    monkeypatch.setattr("articles.models.category.AT_ONCE", 2)
    child, other = factories.subsection(), factories.section("Xã hội")
    articles = factories.many(5, category=child)
    with CaptureQueriesContext(connection) as asked:
        child.save()
    assert not any('UPDATE "articles_article"' in query["sql"] for query in asked)
    child.parent = other
    child.save()
    outbox.run_due()
    assert Article.objects.filter(top=other).count() == len(articles)
