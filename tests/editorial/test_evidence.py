"""S60: of each version that went before readers a hash is kept where nobody can change it."""

import hashlib
import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from articles.editorial import documents, revisions, transitions
from articles.models import Article, Revision, TrailEntry
from tests import base, factories

pytestmark = pytest.mark.django_db
RIGHT = {"wrong": "30 ha", "right": "31 ha"}


@pytest.fixture
def corrected():
    """Published by chris as it was written, and corrected once."""
    chris = base.person("chris")
    article = factories.complete(title="Gặt 30 ha lúa")
    transitions.publish(article, chris, at=factories.at("2023-03-22 08:00"))
    document = {**documents.of(article), "title": "Gặt 31 ha lúa"}
    revisions.save(article, document, chris, base=article.version)
    transitions.update_live(article, chris, "correct", correction=RIGHT)
    return Article.objects.get(pk=article.pk)


def sha256(document):
    return hashlib.sha256(json.dumps(document, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def checked():
    out = io.StringIO()
    try:
        call_command("check_versions", stdout=out)
    except CommandError as error:
        return f"{out.getvalue()}{error}"
    return out.getvalue()


def test_publishing_and_correcting_leave_the_hash_of_the_version_in_the_trail(corrected):
    entries = TrailEntry.objects.filter(action__in=["publish", "correct"]).order_by("pk")
    kept = [(entry.changes["version"][1], entry.changes["sha256"][1]) for entry in entries]
    live = list(corrected.revisions.filter(kind__in=Revision.LIVE).order_by("number"))
    assert kept == [(version.number, sha256(version.document)) for version in live]
    assert [version.document["title"] for version in live] == ["Gặt 30 ha lúa", "Gặt 31 ha lúa"]
    assert live[-1].document == documents.of(corrected)  # the rows, which readers see
    assert "mọi phiên bản" in checked().lower()


@pytest.mark.parametrize("sql", ["UPDATE articles_revision SET document = %s WHERE id = %s",
                                 "DELETE FROM articles_revision WHERE document <> %s AND id = %s"])  # fmt: skip
def test_a_version_that_somebody_changed_behind_the_desk_is_found(corrected, sql):
    first = corrected.revisions.filter(kind=Revision.Kind.PUBLISHED).get()
    forged = json.dumps({**first.document, "title": "Gặt 40 ha lúa"})
    with connection.cursor() as cursor:
        cursor.execute(sql, [forged, first.pk])
    said = checked()
    assert f"{corrected.pk}, phiên bản {first.number}:" in said
    assert len(said.splitlines()) == 2
