"""One Unicode form and nothing invisible, whatever door a text comes in by."""

import json
import unicodedata

import pytest
from django.core import serializers
from django.core.management import call_command

from articles.models import Article, Author, Byline, Category, Photo, RelatedLink, SiteSettings
from tests import factories

pytestmark = pytest.mark.django_db

NFC = "Đường ở Ấp Mường"
NFD = unicodedata.normalize("NFD", NFC)
DIRTY = f" \ufeff{NFD}\u200b\xa0 "


def by_save():
    article = Article(title=DIRTY)
    article.save()
    return article


def by_update():
    article = factories.draft()
    Article.objects.filter(pk=article.pk).update(title=DIRTY)
    return article


def by_bulk_update():
    article = factories.draft()
    article.title = DIRTY
    Article.objects.bulk_update([article], ["title"])
    return article


def by_update_or_create():
    return Article.objects.update_or_create(pk=factories.draft().pk, defaults={"title": DIRTY})[0]


DOORS = [
    by_save,
    lambda: Article.objects.create(title=DIRTY),
    lambda: Article.objects.bulk_create([Article(title=DIRTY)])[0],
    by_update,
    by_bulk_update,
    by_update_or_create,
]


@pytest.mark.parametrize("door", DOORS, ids=["save", "create", "bulk_create", "update", "bulk_update", "or_create"])
def test_a_title_is_stored_clean_by_every_door(door):
    assert Article.objects.values_list("title", flat=True).get(pk=door().pk) == NFC


def test_a_fixture_is_stored_clean(tmp_path):
    article = factories.draft()
    dumped = json.loads(serializers.serialize("json", [article]))
    dumped[0]["fields"]["title"] = DIRTY
    file = tmp_path / "bai.json"
    file.write_text(json.dumps(dumped), encoding="utf-8")
    call_command("loaddata", str(file), verbosity=0)
    assert Article.objects.get(pk=article.pk).title == NFC


@pytest.mark.parametrize("lookup", ["title", "title__in"])
def test_a_query_by_the_other_unicode_form_finds_it(lookup):
    factories.draft(title=NFC)
    assert Article.objects.filter(**{lookup: [NFD] if lookup == "title__in" else NFD}).exists()


@pytest.mark.parametrize(
    ("model", "field"),
    [
        (Article, "title"), (Article, "kicker"), (Article, "dateline"), (Article, "lede"), (Article, "editor_note"),
        (Author, "name"), (Author, "about"), (Category, "name"), (Category, "description"), (Photo, "caption"),
        (Photo, "credit"), (Photo, "alt"), (SiteSettings, "name"), (SiteSettings, "tagline"),
        (SiteSettings, "editor_in_chief"),
    ],
)  # fmt: skip
def test_every_text_of_the_newsroom_is_clean(model, field):
    names = {"name": "Tên"} if model in {Author, Category} else {}
    row = model.objects.create(**{**names, field: DIRTY}, **({"pk": 1} if model is SiteSettings else {}))
    assert getattr(row, field) == getattr(model.objects.get(pk=row.pk), field) == NFC


def test_the_texts_of_bylines_and_links_are_clean():
    article = factories.draft()
    byline = Byline.objects.create(article=article, as_printed=DIRTY)
    link = RelatedLink.objects.create(article=article, title=DIRTY, teaser=DIRTY)
    assert Byline.objects.get(pk=byline.pk).as_printed == NFC
    assert RelatedLink.objects.values_list("title", "teaser").get(pk=link.pk) == (NFC, NFC)


def test_a_lede_keeps_its_lines_and_a_title_has_one():
    article = factories.draft(title="Một\nhai", lede="Một\r\n hai\u200b")
    assert (article.title, article.lede) == ("Một hai", "Một\nhai")


def test_the_slug_of_both_unicode_forms_is_the_same():
    assert factories.published(title=NFD).slug == factories.published(title=NFC).slug == "duong-o-ap-muong"
