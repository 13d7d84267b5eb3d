"""What the article's form does with what is typed into it."""

import unicodedata

import pytest

from articles.editorial import transitions
from articles.models import Article, Author, RelatedLink, Revision
from tests import base, factories

from .forms import ADD_URL, change_url, read, send

pytestmark = pytest.mark.django_db

EVERY_REASON = [{"check": "byline", "reason": "Tin ngắn"}]
HOSTILE = (
    '<p onclick="x()">Xin chào<script>alert(1)</script></p><img src="https://xau.vn/a.png"><img src=x onerror=alert(1)>'
    '<a href="javascript:alert(1)">bấm</a><iframe src="https://xau.vn"></iframe><p style="color:red">đỏ</p>'
)


def test_a_new_article_belongs_to_who_wrote_it_and_begins_with_the_own_pen_name(desk):
    rita = base.person("rita")
    author = Author.objects.create(name="Hà Thu", user=rita)
    client = desk("rita")
    assert read(client.get(ADD_URL)).values["bylines-0-author"] == str(author.pk)
    send(client, ADD_URL, title="Bài mới")
    article = Article.objects.get()
    assert article.created_by == rita
    assert article.bylines.get().author == author


def test_a_new_article_needs_no_byline_and_nothing_else(desk):
    response = send(desk("rita"), ADD_URL)
    assert response.status_code == 200
    assert Article.objects.get().bylines.count() == 0


def test_hostile_html_is_clean_in_the_database_and_on_the_page(desk, stranger):
    draft = factories.complete()
    send(desk("chris"), change_url(draft), press="_publish", body=HOSTILE)
    draft.refresh_from_db()
    page = stranger.get(draft.get_absolute_url()).content.decode()
    for text in (draft.body, page):
        for evil in ("onclick", "alert(1)", "onerror", "javascript:", "<iframe", "xau.vn", "color:red"):
            assert evil not in text
    assert "Xin chào" in page


def test_a_refused_form_hands_the_editor_clean_html_again(desk):
    article = factories.published()
    response = send(desk("ed"), change_url(article), title="a" * 251, body=HOSTILE)
    assert read(response).values["body"] == '<p>Xin chào</p><a rel="noopener noreferrer">bấm</a><p>đỏ</p>'


def test_a_captioned_picture_survives_saving(desk):
    figure = '<figure class="image"><img alt="Cầu" src="/media/a.jpg"><figcaption>Cầu mới</figcaption></figure>'
    draft = factories.draft()
    send(desk("ed"), change_url(draft), body=figure)
    draft.refresh_from_db()
    assert draft.body == figure


def test_text_in_decomposed_form_is_stored_composed(desk):
    draft = factories.draft()
    send(desk("ed"), change_url(draft), title=unicodedata.normalize("NFD", "Đường về Đà Bắc"))
    draft.refresh_from_db()
    assert draft.title == unicodedata.normalize("NFC", "Đường về Đà Bắc")


def test_a_title_that_is_too_long_is_refused_and_kept(desk):
    draft = factories.draft(title="Ngắn")
    response = send(desk("ed"), change_url(draft), title="a" * 251, lede="Giữ lại")
    draft.refresh_from_db()
    assert draft.title == "Ngắn"
    assert read(response).values["title"] == "a" * 251
    assert read(response).values["lede"] == "Giữ lại"


def test_related_links_are_stored_in_the_order_in_which_they_were_put(desk):
    draft = factories.draft()
    for order, title in enumerate(["Một", "Hai", "Ba"]):
        RelatedLink.objects.create(article=draft, title=title, url="https://vi.du/", order=order)
    send(desk("ed"), change_url(draft), **{"links-0-order": "2", "links-1-order": "0", "links-2-order": "1"})
    assert [link.title for link in draft.links.all()] == ["Hai", "Ba", "Một"]


def test_an_added_row_that_stayed_empty_is_no_mistake(desk):
    draft = factories.draft()
    empty = {"links-TOTAL_FORMS": "1", "links-0-order": "3", "bylines-TOTAL_FORMS": "1", "bylines-0-role": "photo"}
    send(desk("ed"), change_url(draft), title="Đã lưu", **empty)
    draft.refresh_from_db()
    assert draft.title == "Đã lưu"
    assert draft.links.count() == draft.bylines.count() == 0


def test_a_link_that_waits_for_its_article_is_marked_and_others_are_not(desk):
    draft = factories.draft()
    link = RelatedLink.objects.create(article=draft, title="Bài chưa về")
    assert "state-waiting" in desk("ed").get(change_url(draft)).content.decode()
    link.url = "https://vi.du/"
    link.save()
    assert "state-waiting" not in desk("ed").get(change_url(draft)).content.decode()


def test_an_article_cannot_be_related_to_itself_or_twice_to_another(desk):
    draft, other = factories.draft(), factories.draft()
    itself = {"links-TOTAL_FORMS": "1", "links-0-target": draft.pk, "links-0-order": "0"}
    assert send(desk("ed"), change_url(draft), **itself).context["errors"]
    twice = {"links-TOTAL_FORMS": "2", "links-0-target": other.pk, "links-1-target": other.pk}
    assert send(desk("ed"), change_url(draft), **twice).context["errors"]
    assert not draft.links.exists()


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://vi.du/a", "không phải địa chỉ"])
def test_a_link_leads_to_the_web_only_and_a_refused_one_is_kept(desk, url):
    draft = factories.draft()
    row = {"links-TOTAL_FORMS": "1", "links-0-title": "Liên kết", "links-0-url": url}
    response = send(desk("ed"), change_url(draft), **row)
    assert not draft.links.exists()
    assert read(response).values["links-0-url"] == url


def test_articles_sections_authors_and_photos_are_found_by_typing_without_diacritics(desk, indexed):
    factories.section("Văn hóa")
    factories.author("Đặng Quốc Trung")
    factories.draft(title="Đường về Đà Bắc")
    factories.photo(caption="Vườn cam Yên Trạch")
    asked = [
        ("byline", "author", "dang quoc"),
        ("article", "category", "van hoa"),
        ("article", "photo", "yen trach"),
        ("relatedlink", "target", "da bac"),
    ]
    for model, field, term in asked:
        query = {"app_label": "articles", "model_name": model, "field_name": field, "term": term}
        assert len(desk("ed").get("/admin/autocomplete/", query).json()["results"]) == 1, field


def test_the_number_of_an_article_that_does_not_exist_leads_home_and_never_to_an_error(desk):
    for pk in ("0", "abc", "9" * 30, "%00"):
        assert desk("ed").get(f"/admin/articles/article/{pk}/change/").status_code in {302, 404}


def test_the_preview_of_a_draft_is_for_those_who_may_see_it(desk, stranger):
    draft = factories.draft(title="Chỉ để xem trước", created_by=base.person("ed"))
    url = f"/xem-truoc/{draft.pk}/"
    assert "Chỉ để xem trước" in desk("ed").get(url).content.decode()
    assert "Chỉ để xem trước" not in desk("rita").get(url).content.decode()
    assert stranger.get(url).status_code in {302, 403, 404}


# Two people in one article


@pytest.fixture
def colleague(desk):
    """colleague(article) saves it as chris while somebody else has its form open."""

    def save(article):
        chris = base.person("chris")
        chris.last_name, chris.first_name = "Bùi", "Thị Lan"
        chris.save()
        send(desk("chris"), change_url(article), title="Của Lan")

    return save


def test_what_two_people_changed_in_different_places_is_merged(desk, colleague):
    draft = factories.draft(title="Cũ", lede="Cũ")
    opened = read(desk("ed").get(change_url(draft))).values
    colleague(draft)
    response = desk("ed").post(change_url(draft), opened | {"lede": "Của Ed", "_continue": "1"}, follow=True)
    draft.refresh_from_db()
    assert (draft.title, draft.lede) == ("Của Lan", "Của Ed")
    assert any("Bùi Thị Lan" in str(message) for message in response.context["messages"])


def test_what_contradicts_a_colleague_is_set_aside_and_shown_beside_the_other(desk, colleague):
    draft = factories.draft()
    opened = read(desk("ed").get(change_url(draft))).values
    colleague(draft)
    response = desk("ed").post(change_url(draft), opened | {"title": "Của Ed", "lede": "Cũng của Ed", "_continue": "1"})
    draft.refresh_from_db()
    assert response.status_code == 409
    assert draft.title == "Của Lan"
    html = response.content.decode()
    assert "Bùi Thị Lan" in html
    assert "Của Lan" in html
    values = read(response).values
    assert (values["title"], values["lede"]) == ("Của Ed", "Cũng của Ed")
    aside = draft.revisions.get(kind=Revision.Kind.CONFLICT)
    assert (aside.document["title"], aside.created_by.username) == ("Của Ed", "ed")


@pytest.mark.parametrize(
    ("choice", "title"), [("mine", "Của Ed"), ("theirs", "Của Lan"), ("both", "Của Lan Của Ed"), ("", "Của Lan")]
)
def test_a_conflict_is_decided_in_the_form_and_never_by_silence(desk, colleague, choice, title):
    draft = factories.draft()
    client = desk("ed")
    opened = read(client.get(change_url(draft))).values
    colleague(draft)
    refused = client.post(change_url(draft), opened | {"title": "Của Ed", "lede": "Của Ed", "_continue": "1"})
    (name,) = {f"choice-{place['key']}" for place in refused.context["conflict"]["places"]}
    again = read(refused).values
    again.pop(name, None)
    client.post(change_url(draft), again | ({name: choice} if choice else {}) | {"_continue": "1"})
    draft.refresh_from_db()
    assert draft.title == title
    assert (draft.lede == "Của Ed") is bool(choice)


def test_a_choice_counts_only_for_the_words_that_were_shown(desk, colleague):
    draft = factories.draft()
    client = desk("ed")
    opened = read(client.get(change_url(draft))).values
    colleague(draft)
    refused = client.post(change_url(draft), opened | {"title": "Của Ed", "_continue": "1"})
    (place,) = refused.context["conflict"]["places"]
    send(desk("chris"), change_url(draft), title="Lan đổi lần nữa")
    again = read(refused).values | {f"choice-{place['key']}": "mine", "_continue": "1"}
    assert client.post(change_url(draft), again).status_code == 409
    draft.refresh_from_db()
    assert draft.title == "Lan đổi lần nữa"


def test_the_same_person_in_two_tabs_is_merged_too(desk):
    draft = factories.draft(title="Cũ", lede="Cũ", body="<p>Một.</p>\n<p>Hai.</p>")
    client = desk("ed")
    first, second = (read(client.get(change_url(draft))).values for _tab in range(2))
    client.post(change_url(draft), first | {"body": "<p>Một, sửa.</p>\n<p>Hai.</p>", "_continue": "1"})
    client.post(change_url(draft), second | {"body": "<p>Một.</p>\n<p>Hai, sửa.</p>", "_continue": "1"})
    draft.refresh_from_db()
    assert draft.body == "<p>Một, sửa.</p>\n<p>Hai, sửa.</p>"


@pytest.mark.parametrize("base", ["abc", "-1", "9" * 30, "", "4000000000"])
def test_a_made_up_base_writes_over_nothing(desk, base):
    draft = factories.draft(title="Cũ")
    send(desk("ed"), change_url(draft), title="Mới")
    response = send(desk("ed"), change_url(draft), lede="Ép vào", base=base)
    draft.refresh_from_db()
    assert response.status_code in {200, 409}
    assert draft.title == "Mới"


def test_a_publication_in_between_is_no_conflict_and_is_not_undone(desk):
    draft = factories.draft(ai_use="none")
    opened = read(desk("sam").get(change_url(draft))).values
    transitions.publish(draft, base.person("chris"), overrides=EVERY_REASON)
    desk("sam").post(change_url(draft), opened | {"title": "Sửa thêm", "_continue": "1"})
    draft.refresh_from_db()
    assert draft.is_public()
    assert draft.working.document["title"] == "Sửa thêm"
    assert draft.working.document["published_at"] is not None


def test_saving_without_a_change_makes_no_version(desk):
    article = factories.published(body="<p>Một</p>\n<p>Hai</p>", photo=factories.photo_without_files())
    factories.gallery(article)
    factories.attachment(article)
    factories.live_update(article)
    factories.link(article, title="Ngoài", url="https://vi.du/", teaser="Hai\ndòng")
    factories.signed(article)
    send(desk("chris"), change_url(article))
    article.refresh_from_db()
    assert article.working is None
    assert [revision.kind for revision in article.revisions.all()] == ["found"]


def test_one_person_saves_and_publishes_one_time_after_another(desk):
    draft = factories.complete()
    client = desk("chris")
    page = client.get(change_url(draft))
    for press in ("_continue", "_publish", "_continue", "_continue"):
        page = client.post(change_url(draft), read(page).values | {press: "1"}, follow=True)
        assert not page.context["errors"]
