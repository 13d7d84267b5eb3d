from pathlib import Path

import pytest
from django.db import connection

from articles import demo, importers
from articles.editorial import transitions
from articles.importers import stored
from articles.models import Article, Author, Byline, ImportedSource, Photo, RelatedLink, State
from articles.models.link import other_news
from tests.factories import at, picture_bytes, section

SAMPLE = (Path(demo.__file__).parent / "sample-page" / "page.txt").read_bytes()
PAGES = Path(__file__).parents[1] / "data" / "importers"
JSONLD = (PAGES / "jsonld.html").read_bytes()
RESAVED = JSONLD.replace("sáu tuần".encode(), "bảy tuần".encode())
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


@pytest.mark.parametrize("moment", [1, 2])
def test_a_name_that_another_import_writes_at_the_same_moment_stays_one_author(moment):
    """The other import arrives behind the first or second question about authors."""
    asked = []

    def other_import(execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        if sql.startswith("SELECT") and "articles_author" in sql:
            asked.append(sql)
            if len(asked) == moment:
                Author.objects.create(name="Đinh Thắng")
        return result

    with connection.execute_wrapper(other_import):
        author = stored.author_named("Đinh Thắng")
    assert Author.objects.get() == author


def test_a_name_of_the_same_letters_gets_an_address_of_its_own():
    Author.objects.create(name="Đinh Thăng")
    assert stored.author_named("Đinh Thắng").slug == "dinh-thang-2"


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
    source = article_of(JSONLD).sources.get()
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
    outcome = save(RESAVED)
    assert (outcome.kind, outcome.article) == ("updated", first)
    assert "bảy tuần" in Article.objects.get().body
    assert (Byline.objects.count(), Author.objects.count()) == (2, 2)


def test_an_update_keeps_the_earlier_bytes_too():
    article = article_of(JSONLD)
    save(RESAVED)
    assert [bytes(source.content) for source in article.sources.order_by("pk")] == [JSONLD, RESAVED]


def test_two_copies_of_one_address_come_to_rest():
    copies = (JSONLD, RESAVED)
    assert [save(copy).kind for copy in copies] == ["created", "updated"]
    assert [save(copy).kind for copy in copies] == ["skipped", "skipped"]


@pytest.mark.parametrize("copy", [JSONLD, RESAVED], ids=["earlier", "later"])
def test_what_the_desk_edits_is_safe_from_every_copy(copy):
    save(JSONLD)
    article = article_of(RESAVED)
    article.body = "<p>Của tòa soạn.</p>"
    article.save()
    assert save(copy).kind == "skipped"
    assert save(RESAVED + b"\n").kind == "skipped"
    assert Article.objects.get().body == "<p>Của tòa soạn.</p>"


def test_a_deleted_draft_leaves_its_bytes_and_is_not_made_again():
    article_of(JSONLD).delete()
    assert bytes(ImportedSource.objects.get().content) == JSONLD
    outcome = save(JSONLD)
    assert (outcome.kind, outcome.article) == ("skipped", None)
    assert outcome.reason
    assert not Article.objects.exists()


def test_the_page_of_a_deleted_draft_saved_anew_is_a_new_article():
    article_of(JSONLD).delete()
    outcome = save(RESAVED)
    assert (outcome.kind, outcome.article.sources.count()) == ("created", 1)


def test_an_address_that_several_articles_claim_overwrites_none_of_them():
    """Some systems give a section's front page as the canonical address of all its articles."""
    first = article_of(page("Cầu mới ở bản Lạc", "Sáng 13/9, hai bản cùng đi trên cây cầu mới bắc qua suối."))
    data = page("Mùa cam ở Cao Phong", "Vườn cam đầu mùa đã vào vụ thu hái, giá cao hơn năm ngoái một chút.")
    second = save(data)
    assert (second.kind, Article.objects.count()) == ("created", 2)
    first.refresh_from_db()
    assert first.title == "Cầu mới ở bản Lạc"
    assert save(data.replace(b"</html>", b"\n</html>")) == importers.Outcome("updated", second.article)


@pytest.mark.parametrize(
    ("title", "lede"),
    [
        ("Cầu mới ở hai bản", "Sáng 13/9, hai bản cùng đi trên cây cầu mới bắc qua suối."),
        ("Cầu mới ở bản Lạc", "Sáng qua, bà con hai bản đã cùng đi trên cây cầu mới bắc qua suối."),
    ],
    ids=["title", "lede"],
)
def test_an_article_whose_title_or_lede_was_rewritten_is_still_the_same(title, lede):
    article = article_of(page("Cầu mới ở bản Lạc", "Sáng 13/9, hai bản cùng đi trên cây cầu mới bắc qua suối."))
    outcome = save(page(title, lede))
    assert (outcome.kind, outcome.article) == ("updated", article)


def test_a_desk_that_rewrote_title_and_lede_gets_no_second_article():
    article = article_of(JSONLD)
    article.title, article.lede = "Tít của tòa soạn", "Sa-pô của tòa soạn."
    article.save()
    assert save(RESAVED).kind == "skipped"


def page(title, lede, canonical="https://bao.example/tin/"):
    paragraphs = "<p>Cầu dài bốn mươi mét, do bà con hai bản góp công làm trong ba tháng mùa khô năm nay.</p>" * 3
    head = f"<title>{title}</title><link rel=canonical href='{canonical}'>"
    return (
        f"<html><head>{head}</head><body><article><h1>{title}</h1><p>{lede}</p>{paragraphs}</article></html>".encode()
    )


@pytest.mark.parametrize("home", ["https://bao.example", "https://bao.example/", "https://bao.example/#top"])
def test_the_front_page_is_no_articles_address(home):
    """Three articles with one canonical address, the newspaper's own: three articles."""
    for number in ("một", "hai", "ba"):
        lede = f"Sáng 13/9, bà con bản {number} cùng đi trên cây cầu mới bắc qua suối."
        assert save(page(f"Cầu mới ở bản {number}", lede, home)).kind == "created"
    assert set(ImportedSource.objects.values_list("url", flat=True)) == {""}


@pytest.mark.parametrize("field", ["title", "lede", "body", "kicker"])
def test_what_the_desk_has_edited_is_not_overwritten(field):
    article = article_of(JSONLD)
    setattr(article, field, "<p>Của tòa soạn.</p>")
    article.save()
    outcome = save(RESAVED)
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
    section("Kinh tế")
    with django_capture_on_commit_callbacks(execute=True):
        article = article_of(SAMPLE, **KNOWN)
    assert RelatedLink.objects.waiting().count() == 6
    assert other_news(article) == []
    with django_capture_on_commit_callbacks(execute=True):
        text = "(HBĐT) - Đội bóng bàn của huyện vừa thắng trận đầu tiên ở giải tỉnh sau nhiều năm chờ đợi.".encode()
        title = "Huyện Tân Lạc - Đẩy mạnh chương trình “Mỗi xã một sản phẩm”"
        arrived = article_of(text, section="kinh-te", title=title, published=at("2023-03-23 08:00"))
    assert [teaser.url for teaser in other_news(article)] == [arrived.get_absolute_url()]
    assert RelatedLink.objects.waiting().count() == 5
