from pathlib import Path

import pytest

from articles import demo, importers
from articles.editorial import transitions
from articles.importers import stored
from articles.models import Article, Author, Byline, ImportedSource, Photo, RelatedLink, State
from articles.models.link import other_news
from tests.factories import at, picture_bytes, section

SAMPLE = (Path(demo.__file__).parent / "sample-page" / "page.txt").read_bytes()
PAGES = Path(__file__).parents[1] / "data" / "importers"
JSONLD = (PAGES / "jsonld.html").read_bytes()
KNOWN = {"section": "kinh-te", "title": "Chỗ dựa của hợp tác xã", "published": at("2010-11-22 08:00")}
pytestmark = pytest.mark.django_db


def save(data, **known):
    return importers.save(importers.parse(data), data, "page", **known)


def article_of(data, **known):
    return save(data, **known).article


def test_a_page_without_title_and_date_becomes_a_draft():
    outcome = save(SAMPLE)
    assert (outcome.kind, outcome.article.state, outcome.article.title) == ("created", State.DRAFT, "")
    assert outcome.article.published_at is None


def test_a_page_of_which_all_is_known_is_published_at_its_own_time():
    section("Kinh tế")
    article = article_of(SAMPLE, **KNOWN)
    assert (article.state, article.published_at) == (State.PUBLISHED, at("2010-11-22 08:00"))
    assert Article.objects.published().get() == article


def test_a_saved_page_finds_its_section_by_its_breadcrumb():
    culture = section("Văn hóa")
    article = article_of(JSONLD)
    assert (article.category, article.state) == (culture, State.PUBLISHED)


def test_a_sub_section_counts_under_its_own_section_only():
    section("Di sản", parent=section("Du lịch"))
    assert article_of(JSONLD).category is None


def test_a_section_unknown_here_leaves_a_draft_and_says_so():
    outcome = save(JSONLD)
    assert outcome.article.state == State.DRAFT
    assert "Di sản" in outcome.reason


def test_a_given_section_that_does_not_exist_is_refused_with_those_that_do():
    section("Kinh tế")
    with pytest.raises(importers.ImportRefused, match="(?s)nong-nghiep.*kinh-te"):
        save(SAMPLE, section="nong-nghiep")
    assert not Article.objects.exists()


def test_a_section_may_be_given_by_name():
    economy = section("Kinh tế")
    assert article_of(SAMPLE, section="kinh TẾ").category == economy


def test_the_byline_keeps_the_line_as_printed():
    byline = article_of(SAMPLE).bylines.get()
    assert (byline.author.name, byline.role, byline.as_printed) == ("Đinh Thắng", Byline.Role.TEXT, "Đinh Thắng.")


@pytest.mark.parametrize("name", ["Đinh Thắng", "ĐINH THẮNG"])
def test_an_author_known_here_is_not_made_twice(name):
    author = Author.objects.create(name=name)
    assert article_of(SAMPLE).bylines.get().author == author


def test_two_people_are_not_made_one_for_a_missing_mark():
    Author.objects.create(name="Đinh Thăng")
    assert article_of(SAMPLE).bylines.get().author.name == "Đinh Thắng"


def test_old_and_new_tone_places_are_one_author():
    author = Author.objects.create(name="Nguyễn Thúy Hòa")
    assert stored.author_named("Nguyễn Thuý Hoà") == author


def test_a_caption_waits_for_its_picture():
    photo = article_of(SAMPLE).photo
    assert photo.caption.endswith("cho nhiều lao động.")
    assert photo.master == ""


def test_a_picture_below_the_pages_folder_is_taken_in(tmp_path):
    (tmp_path / "lop_files").mkdir()
    (tmp_path / "lop_files" / "khung-cui.jpg").write_bytes(picture_bytes())
    photo = article_of(JSONLD, folder=tmp_path).photo
    assert (photo.width, photo.caption, photo.credit) == (640, "Học sinh tập lên khung cửi.", "Hà Núi")


@pytest.mark.parametrize(
    "address", ["../khung-cui.jpg", "/etc/hostname", "file:///etc/hostname", "lop_files/%2e%2e/../../khung-cui.jpg"]
)
def test_a_picture_outside_the_pages_folder_is_never_read(tmp_path, address):
    (tmp_path / "khung-cui.jpg").write_bytes(picture_bytes())
    (tmp_path / "page").mkdir()
    data = JSONLD.replace(b"lop_files/khung-cui.jpg", address.encode())
    assert article_of(data, folder=tmp_path / "page").photo.master == ""


def test_a_link_out_of_the_folder_is_not_followed(tmp_path):
    (tmp_path / "page" / "lop_files").mkdir(parents=True)
    (tmp_path / "khung-cui.jpg").write_bytes(picture_bytes())
    (tmp_path / "page" / "lop_files" / "khung-cui.jpg").symlink_to(tmp_path / "khung-cui.jpg")
    assert article_of(JSONLD, folder=tmp_path / "page").photo.master == ""


def test_a_refused_picture_is_reported_and_the_article_kept(tmp_path):
    (tmp_path / "lop_files").mkdir()
    (tmp_path / "lop_files" / "khung-cui.jpg").write_bytes(b"no picture")
    outcome = save(JSONLD, folder=tmp_path)
    assert (outcome.kind, outcome.article.photo.master) == ("created", "")
    assert "khung-cui.jpg" in outcome.reason


def test_the_original_bytes_are_kept():
    source = article_of(JSONLD).source
    assert bytes(source.content) == JSONLD
    assert source.url == "https://doiche.example/van-hoa/ban-lac-mo-lop-day-det-4821.html"


def test_the_same_file_again_is_skipped():
    first = article_of(SAMPLE)
    outcome = save(SAMPLE)
    assert (outcome.kind, outcome.article) == ("skipped", first)
    assert (Article.objects.count(), RelatedLink.objects.count(), Photo.objects.count()) == (1, 6, 1)
    assert outcome.reason


def test_the_same_file_fills_what_the_article_lacked_and_publishes_it():
    section("Kinh tế")
    first = article_of(SAMPLE)
    outcome = save(SAMPLE, **KNOWN)
    assert (outcome.kind, outcome.article) == ("updated", first)
    assert Article.objects.published().get().title == KNOWN["title"]
    assert save(SAMPLE, **KNOWN).kind == "skipped"


def test_filling_keeps_a_title_the_desk_has_written_and_leaves_publishing_to_it():
    section("Kinh tế")
    article = article_of(SAMPLE)
    article.title = "Tít của tòa soạn"
    article.save()
    assert save(SAMPLE, **KNOWN).kind == "updated"
    article.refresh_from_db()
    assert (article.title, article.category.slug, article.state) == ("Tít của tòa soạn", "kinh-te", State.DRAFT)


def test_new_bytes_of_a_known_address_update_the_article():
    first = article_of(JSONLD)
    outcome = save(JSONLD.replace("sáu tuần".encode(), "bảy tuần".encode()))
    assert (outcome.kind, outcome.article) == ("updated", first)
    assert "bảy tuần" in Article.objects.get().body
    assert (Byline.objects.count(), Author.objects.count(), ImportedSource.objects.count()) == (2, 2, 1)


@pytest.mark.parametrize("field", ["title", "lede", "body", "kicker"])
def test_what_the_desk_has_edited_is_not_overwritten(field):
    article = article_of(JSONLD)
    setattr(article, field, "<p>Của tòa soạn.</p>")
    article.save()
    outcome = save(JSONLD.replace("sáu tuần".encode(), "bảy tuần".encode()))
    assert (outcome.kind, Article.objects.get().body) == ("skipped", article.body)
    assert outcome.reason


def test_what_was_withdrawn_stays_withdrawn():
    section("Văn hóa")
    article = article_of(JSONLD)
    transitions.withdraw(article)
    assert save(JSONLD).kind == "skipped"
    assert save(JSONLD + b"\n").kind == "skipped"
    assert Article.objects.get().state == State.WITHDRAWN


def test_a_page_is_stored_whole_or_not_at_all(monkeypatch):
    def fail(article):
        raise importers.ImportRefused("broken")

    monkeypatch.setattr(stored, "fingerprint", fail)
    with pytest.raises(importers.ImportRefused):
        save(SAMPLE)
    assert (Article.objects.count(), Author.objects.count(), Photo.objects.count()) == (0, 0, 0)


def test_related_titles_wait_out_of_sight_until_their_article_arrives(django_capture_on_commit_callbacks):
    economy = section("Kinh tế")
    with django_capture_on_commit_callbacks(execute=True):
        article = article_of(SAMPLE, **KNOWN)
    assert RelatedLink.objects.waiting().count() == 6
    assert other_news(article, [economy.pk]) == []
    with django_capture_on_commit_callbacks(execute=True):
        text = "(HBĐT) - Đội bóng bàn của huyện vừa thắng trận đầu tiên ở giải tỉnh sau nhiều năm chờ đợi.".encode()
        title = "Huyện Tân Lạc - Đẩy mạnh chương trình “Mỗi xã một sản phẩm”"
        arrived = article_of(text, section="kinh-te", title=title, published=at("2023-03-23 08:00"))
    assert [teaser.url for teaser in other_news(article, [])] == [arrived.get_absolute_url()]
    assert RelatedLink.objects.waiting().count() == 5
