"""Every vector through every way into the database, and the page that readers get of it.

Each one by itself where a row costs nothing; several in a text where a request is made, since the field that cleans is
the same. What Chromium does with it is asked in tests/browser/writing/test_hostile.py.
"""

import json
from functools import cache

import lxml.etree
import pytest
from django.core import serializers
from django.core.management import call_command
from django.db import connection
from django.db.models import Value
from django.template import Context, Template

from articles import richtext
from articles.editorial import autosave
from articles.models import Article
from tests import base, factories
from tests.admin.forms import ADD_URL, change_url, send
from tests.importers.command import import_archive
from tests.leaves.test_richtext import faults

from . import oracle, vectors

pytestmark = pytest.mark.django_db

EVERY = vectors.every()
TOGETHER = 150  # vectors in one text


@pytest.fixture
def rows():
    """A draft for each vector."""
    section = factories.section()
    return Article.objects.bulk_create([Article(title=f"Tin {n}", category=section) for n in range(len(EVERY))])


def by_bulk_create(rows, _folder):
    Article.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return Article.objects.bulk_create([Article(title="Tin", body=one) for one in EVERY])


def by_bulk_update(rows, _folder):
    for row, one in zip(rows, EVERY, strict=True):
        row.body = one
    Article.objects.bulk_update(rows, ["body"], batch_size=100)


def by_update(rows, _folder):
    for row, one in zip(rows, EVERY, strict=True):
        Article.objects.filter(pk=row.pk).update(body=one)


def by_fixture(rows, folder):
    dumped = json.loads(serializers.serialize("json", rows))
    for row, one in zip(dumped, EVERY, strict=True):
        row["fields"]["body"] = one
    (folder / "bai.json").write_text(json.dumps(dumped), encoding="utf-8")
    call_command("loaddata", str(folder / "bai.json"), verbosity=0)


@pytest.mark.parametrize("door", [by_bulk_create, by_bulk_update, by_update, by_fixture])
def test_nothing_forbidden_is_stored_whatever_the_door(rows, door, tmp_path):
    door(rows, tmp_path)
    stored = list(Article.objects.values_list("body", flat=True))
    assert len(stored) == len(EVERY)
    assert sorted(stored) == _clean()


@cache
def _clean():
    """What the vectors are to become, judged once."""
    found = sorted(richtext.clean(one) for one in EVERY)
    assert {one: wrong for one in found if (wrong := list(faults(one)))} == {}
    assert [one for one in found if richtext.clean(one) != one] == []
    return found


def test_nothing_forbidden_is_shown_of_what_got_past_the_field(rows):
    """`update(Value(…))` and raw SQL ask no field; the filter of the templates cleans what they wrote."""
    with connection.cursor() as cursor:
        pairs = [(one.replace("\0", ""), row.pk) for row, one in zip(rows, EVERY, strict=True)]
        cursor.executemany("UPDATE articles_article SET body = %s WHERE id = %s", pairs)
    Article.objects.filter(pk=rows[0].pk).update(body=Value("<script>alert(1)</script><p>x</p>"))
    stored = list(Article.objects.values_list("body", flat=True))
    assert sum("<script" in one.lower() for one in stored) > 20  # they are there
    shown = Template("{{ text|body }}")
    pages = (f'<main class="body">{shown.render(Context({"text": one}))}</main>' for one in stored)
    assert [found for page in pages if (found := oracle.faults(page))] == []


def test_the_pages_of_readers_hold_nothing_that_acts(stranger, desk, tmp_path):
    """By the form, by the importer and by SQL, to the page of the article."""
    chris = desk("chris")
    texts = vectors.batches(
        [one.replace("\0", "") for one in EVERY], TOGETHER
    )  # Django's forms refuse NUL by themselves
    article = factories.published()
    send(chris, change_url(article), body=texts[0])
    for place, text in enumerate(texts):
        assert send(chris, ADD_URL, title=f"Tin {place}", body=text).redirect_chain
        (tmp_path / f"{place}.html").write_text(
            f"<html><head><title>Bài {place}</title></head><body><article><h1>Bài {place}</h1>"
            f"<p>Một đoạn mở đầu đủ dài để là một bài báo.</p>{text}</article></body></html>",
            encoding="utf-8", errors="replace",
        )  # fmt: skip
    import_archive(tmp_path)
    made = Article.objects.exclude(pk=article.pk)
    assert made.count() >= len(texts) + len(texts) // 2  # of some files nothing is left that is an article
    stored = list(made.values_list("body", flat=True))
    assert [found for one in stored if (found := list(faults(one)))] == []
    for body in [*stored, *texts]:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE articles_article SET body = %s WHERE id = %s", [body, article.pk])
        response = stranger.get(article.get_absolute_url())
        assert response.status_code == 200
        assert oracle.faults(response.content.decode()) == []


def test_what_was_kept_while_it_was_typed_comes_back_clean_into_the_editor(desk):
    rita, client = base.person("rita"), desk("rita")
    for place, text in enumerate(vectors.batches(EVERY, TOGETHER)):
        autosave.keep(rita, f"tab-{place:08}", [["title", "<b>"], ["body", text]])
        (kept,) = client.get("/admin/articles/article/autosave/", {"user": rita.pk}).json()["autosaves"]
        title, body = kept["data"]
        assert title == ["title", "<b>"]  # plain text stays as it was typed
        assert list(faults(body[1])) == []
        autosave.discard(rita, kept["form"])


def test_plain_text_is_plain_text_wherever_it_stands(stranger, desk):
    """Title, lede, kicker, dateline, pen name, topic, section, caption and alt; pages, feeds, JSON-LD, desk, search."""
    words = [one for one in EVERY if "alert" in one and len(one) < 60 and "\0" not in one][::25][:40]
    topic = factories.topic("x<svg onload=alert(1)>")
    addresses = ["/", "/kinh-te/", "/ngay/2023/03/22/", topic.get_absolute_url()]
    for one in words:
        photo = factories.photo_without_files(caption=one, credit=one, alt=one)
        article = factories.published(title=f"Tin {one}", lede=one, kicker=one, dateline=one[:40], photo=photo)
        factories.signed(article, f"Tên {one}"[:60])
        article.topics.add(topic)
        addresses += [article.get_absolute_url(), f"/tim-kiem/?q={one}"]
    for address in addresses:
        response = stranger.get(address)
        assert response.status_code < 400, address
        assert oracle.faults(response.content.decode()) == [], address
    for address in ("/rss/", "/atom/", "/sitemap-news.xml"):
        assert _elements(stranger.get(address).content) <= 40
    chris = desk("chris")
    for address in ("/admin/articles/article/", "/admin/", "/admin/articles/photo/", change_url(article)):
        html = chris.get(address).content.decode()
        assert "<svg onload" not in html
        assert [fault for fault in oracle.faults(html) if "on" in fault.split("[")[-1][:3]] == []


def _elements(xml):
    """How many kinds of elements a feed has: markup in a title would add to them."""
    tree = lxml.etree.fromstring(xml)
    names = {element.tag for element in tree.iter() if isinstance(element.tag, str)}
    assert not {name for name in names if name.rpartition("}")[2] in {"script", "svg", "img", "iframe"}}
    return len(names)
