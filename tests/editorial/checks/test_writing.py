import pytest

from articles.editorial import checks
from tests import factories
from tests.editorial.checks.looking import names, one

pytestmark = pytest.mark.django_db


def test_nothing_is_found_in_a_complete_article():
    assert checks.run(factories.complete()) == []


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("title", {"title": " "}),
        ("lede", {"lede": ""}),
        ("section", {"category": None}),
        ("body", {"body": ""}),
        ("body", {"body": "<p>&nbsp;</p>"}),
        ("byline", {"bylines": []}),
        ("byline", {"bylines": [{"author": None, "role": "text", "as_printed": ""}]}),
        ("title-length", {"title": "Một tiêu đề rất dài " * 6}),
        ("title-capitals", {"title": "HUYỆN ĐÀ BẮC ĐỔI MỚI"}),
        ("live-entries", {"genre": "live"}),
        ("video-player", {"genre": "video"}),
    ],
)
def test_what_is_missing_or_amiss_is_found_and_nothing_else(name, changes):
    assert names(**changes) == {name}


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "x" * 100},
        {"title": "OCOP GDP"},
        {"title": "UBND tỉnh họp"},
        {"bylines": [{"author": None, "role": "text", "as_printed": "PV"}]},
        {"body": "", "genre": "photos"},
        {"body": "", "genre": "infographic"},
        {"body": "", "genre": "video", "player": "https://www.youtube.com/watch?v=aaaaaaaaaaa"},
        {"genre": "video", "body": '<p><a href="https://youtu.be/aaaaaaaaaaa">Xem</a></p>'},
        {"genre": "live", "body": "", "live_updates": [{"body": "<p>Mở màn.</p>", "title": "", "posted_at": None}]},
        {"body": '<p><img src="/media/x/master.jpg" alt="Ảnh: A"></p>', "genre": "photos"},
    ],
)
def test_what_is_right_is_left_alone(changes):
    assert not names(**changes) & {check.name for _title, group in checks.GROUPS[:1] for check in group}


@pytest.mark.parametrize("name", ["title", "lede", "section", "body"])
def test_what_no_article_can_do_without_blocks(name):
    field = {"section": "category"}.get(name, name)
    finding = one(name, **{field: None})
    assert (finding.blocks, finding.where) == (True, field)


def test_a_missing_byline_warns():
    assert not one("byline", bylines=[]).blocks


def test_what_blocks_is_said_first():
    article = factories.draft(lede="")
    assert [finding.level for finding in checks.run(article)] == ["block", "warn"]


def test_the_title_says_how_long_it_is():
    assert "101" in one("title-length", title="x" * 101).message


def test_the_working_version_is_judged_and_not_what_readers_see():
    article = factories.published()
    factories.signed(article)
    assert names(article) == set()
    assert names(article, lede="") == {"lede"}
