"""S24: published, read so that every cache is warm, and withdrawn again: nothing of it is left anywhere."""

import re

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from articles.editorial import transitions
from articles.models import Article
from tests import factories

from . import canary
from .test_canary import addresses, answers, finds

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indexed", "at_once")]

# What readers are told of a published article, by model and column; everything else of it stays at the desk.
PUBLIC = {
    "article": {"title", "slug", "kicker", "dateline", "lede", "body", "player"},
    "photo": {"caption", "credit", "alt", "master"},
    "topic": {"name", "slug", "description"}, "author": {"name", "slug", "about"}, "byline": {"asprinted"},
    "relatedlink": {"title", "url", "teaser"}, "liveupdate": {"title", "body"}, "attachment": {"title", "file"},
    "comment": {"name", "text"}, "englishversion": {"title", "lede", "body", "photocaption", "translator"},
}  # fmt: skip
SEARCH = re.compile("/tim-kiem/|/api/v1/search")  # repeats what was asked


def told_columns(seen):
    """{model: columns} whose words readers were told, by a page or by its address."""
    words = {one for _address, found in finds(seen, pen_names=True) for one in found}
    pages = [address for address, answer in seen.items() if answer.status == 200 and not SEARCH.match(address)]
    shown = {}
    for one in words | canary.found_in(*pages):
        kind, column = ("article", "player") if one.startswith(f"{canary.WORD}aa") else _where(one)
        shown.setdefault(kind, set()).add(column)
    return shown


def _where(one):
    found = re.fullmatch(rf"{canary.WORD}(?:soong|soon)({'|'.join(KINDS)})(\w+)", one)
    assert found, one
    return found.groups()


KINDS = ["englishversion", "relatedlink", "liveupdate", "attachment", "sharedversion", "storytemplate",
         "importedsource", "transition", "assignment", "revision", "autosave", "redirect", "presence", "article",
         "comment", "receipt", "author", "byline", "notice", "photo", "topic", "proof", "note", "user"]  # fmt: skip


def test_a_withdrawn_article_is_nowhere_though_every_cache_was_warm(reader):
    site = canary.Site()
    article = site.hidden["soon"] = canary.hidden("soon", site.section)
    for name in canary.files_of(article):
        default_storage.save(name, ContentFile(b"the file"))
    transitions.publish(article, at=factories.at("2023-03-22 08:30"))
    site.hidden["soon"] = article = Article.objects.select_related("category", "photo").get(pk=article.pk)
    start = [address for found in addresses(site, ["soon"]).values() for address in found]
    warm = answers(reader.get, start)
    assert told_columns(warm) == PUBLIC
    assert warm[f"/media/{article.photo.master}"].status == 200
    assert any(reader.get(address).how == "hit" for address in warm)

    transitions.withdraw(article)
    cold = {address: reader.get(address) for address in warm}
    again = {address: reader.get(address) for address in warm}
    assert finds(cold) + finds(again) == []
    told = [address for address, _found in finds(warm)]
    asked = {address: reader.get(address, if_none_match=warm[address]["ETag"] or '"x"') for address in told}
    assert [address for address, answer in asked.items() if answer.status == 304] == []
    assert {cold[f"/media/{name}"].status for name in canary.files_of(article)} == {404}
    assert cold[article.get_absolute_url()].status == 410
