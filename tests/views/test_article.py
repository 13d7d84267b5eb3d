"""The page of an article: its addresses, what stands on it, its preview."""

import re

import pytest

from articles import days
from articles.models import Article
from articles.views import page as views_page
from tests import factories

pytestmark = pytest.mark.django_db


def page(client, article):
    return client.get(article.get_absolute_url()).content.decode()


# Addresses


@pytest.mark.parametrize(
    "address",
    ["/kinh-te/sai-{pk}/", "/sai/huyen-da-bac-doi-moi-{pk}/", "/khong/co-gi-dung-{pk}/", "/kinh-te/-{pk}/",
     "/kinh-te/huyen-da-bac-doi-moi-0{pk}/", "/KINH-TE/huyen-da-bac-doi-moi-{pk}/", "/kinh-te/a-1-2-{pk}/"],
)  # fmt: skip
def test_the_number_decides_and_the_rest_is_put_right(stranger, address):
    article = factories.published(title="Huyện Đà Bắc đổi mới")
    response = stranger.get(address.format(pk=article.pk))
    assert (response.status_code, response.url) == (301, article.get_absolute_url())


def test_the_old_address_leads_on_when_an_article_moves_to_another_section(stranger):
    article = factories.published(title="Tin")
    old = article.get_absolute_url()
    article.category = factories.section("Xã hội")
    article.save()
    assert stranger.get(old).url == f"/xa-hoi/tin-{article.pk}/"


def test_the_old_address_leads_on_when_a_section_takes_another_slug(stranger):
    article = factories.published(title="Tin")
    old = article.get_absolute_url()
    article.category.slug = "kinh-te-thi-truong"
    article.category.save()
    assert stranger.get(old).url == f"/kinh-te-thi-truong/tin-{article.pk}/"


def test_a_slash_that_is_missing_is_put_in(stranger):
    article = factories.published()
    response = stranger.get(article.get_absolute_url().rstrip("/"))
    assert (response.status_code, response.url) == (301, article.get_absolute_url())


@pytest.mark.parametrize("address", ["/kinh-te/tin-{pk}/", "/sai/sai-{pk}/"])
def test_a_withdrawn_article_is_gone_at_every_address(stranger, address):
    article = factories.withdrawn(title="Tin", lede="Sa-pô đã gỡ.")
    response = stranger.get(address.format(pk=article.pk))
    assert response.status_code == 410
    assert "Sa-pô đã gỡ" not in response.content.decode()
    assert 'content="noindex"' in response.content.decode()


@pytest.mark.parametrize("hidden", [factories.draft, factories.scheduled])
def test_what_is_not_public_yet_is_not_there_even_under_a_wrong_address(stranger, hidden):
    article = hidden(title="Tin")
    for address in (article.get_absolute_url(), f"/sai/sai-{article.pk}/"):
        assert stranger.get(address).status_code == 404


def test_a_draft_without_section_is_not_there(stranger):
    article = factories.draft(category=None)
    assert stranger.get(f"/kinh-te/tin-{article.pk}/").status_code == 404


# The page


def test_the_date_line_is_vietnams(stranger):
    html = page(stranger, factories.published("2025-10-22 19:25"))
    assert '<time datetime="2025-10-22T19:25:00+07:00">Thứ tư, 22/10/2025, 19:25 (GMT+7)</time>' in html


def test_the_dateline_stands_before_the_lede_and_not_in_the_description(stranger):
    html = page(stranger, factories.published(dateline="HBĐT", lede="Sáng 22/3."))
    assert '<span class="dateline">(HBĐT) - </span>Sáng 22/3.</p>' in html
    assert '<meta name="description" content="Sáng 22/3.' in html


def test_text_of_the_desk_is_text_on_the_page(stranger):
    html = page(
        stranger, factories.published(title='<b onclick="x">Tít</b>', lede="<i>Sa-pô</i>", kicker="<u>Tít dẫn</u>")
    )
    assert "&lt;b onclick=&quot;x&quot;&gt;Tít&lt;/b&gt;" in html
    assert "<b onclick" not in html
    assert "<i>Sa-pô" not in html
    assert "<u>Tít" not in html


def test_the_internal_note_is_nowhere(stranger):
    assert "bimat" not in page(stranger, factories.published(editor_note="bimat"))


def test_a_photo_has_one_caption_its_credit_and_its_own_alt(stranger):
    photo = factories.photo_without_files(caption="Gò hàn ở Lương Sơn.", credit="Đinh Thắng", alt="Thợ hàn")
    html = page(stranger, factories.published(photo=photo))
    caption = '<span class="caption-footer">Gò hàn ở Lương Sơn.</span> <span class="credit">Ảnh: Đinh Thắng</span>'
    assert re.findall(r"<figcaption>.*?</figcaption>", html) == [f"<figcaption>{caption}</figcaption>"]
    assert 'alt="Thợ hàn"' in html


def test_a_caption_that_waits_for_its_picture_is_not_shown(stranger):
    photo = factories.photo_without_files(caption="Gò hàn", master="")
    assert "Gò hàn" not in page(stranger, factories.published(photo=photo))


def test_numbers_of_the_page_are_not_grouped_where_machines_read_them(stranger):
    photo = factories.photo_without_files(width=1600, height=1067)
    assert 'width="1600" height="1067"' in page(stranger, factories.published(photo=photo))


def test_the_byline_names_everyone_and_links_the_authors(stranger):
    article = factories.published()
    factories.signed(article, "Hà Thu", order=0)
    article.bylines.create(as_printed="P.V.", order=1)
    html = page(stranger, article)
    assert '<a rel="author" href="/tac-gia/ha-thu/">Hà Thu</a> - P.V.<' in html


def test_the_page_says_where_it_belongs(stranger):
    article = factories.published(category=factories.subsection("Nông nghiệp", "Kinh tế"))
    crumbs = re.search(r'<nav class="breadcrumb".*?</nav>', page(stranger, article), flags=re.DOTALL)[0]
    assert re.findall(r'href="([^"]+)"', crumbs) == ["/", "/kinh-te/", "/nong-nghiep/"]


def test_the_day_form_of_an_article_offers_its_section(stranger):
    html = page(stranger, factories.published())
    assert '<option value="kinh-te" selected>' in html


def test_links_of_the_editor_are_shown_with_their_teasers(stranger):
    article = factories.published()
    factories.link(article, factories.published(title="Tin bạn", lede="Sa-pô bạn."))
    box = page(stranger, article).split('class="other-news"')[1]
    assert "Tin bạn" in box
    assert "Sa-pô bạn." in box


def test_an_article_alone_has_no_empty_box(stranger):
    assert "other-news" not in page(stranger, factories.published())


# Preview


def preview(client, article):
    return client.get(f"/xem-truoc/{article.pk}/")


def test_a_stranger_has_no_preview(stranger):
    assert preview(stranger, factories.draft()).status_code == 404


def test_rita_previews_her_own_draft_and_no_cache_keeps_it(desk):
    client = desk("rita")
    article = factories.draft(title="Nháp của Rita", created_by_id=int(client.session["_auth_user_id"]))
    response = preview(client, article)
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert "Nháp của Rita" in response.content.decode()


def test_rita_does_not_preview_the_draft_of_another(desk):
    assert preview(desk("rita"), factories.draft()).status_code == 404


@pytest.mark.parametrize("state", [factories.draft, factories.scheduled, factories.withdrawn])
def test_ed_previews_what_readers_do_not_see(desk, state):
    assert preview(desk("ed"), state()).status_code == 200


def test_an_empty_draft_has_a_preview(desk):
    assert preview(desk("ed"), Article.objects.create()).status_code == 200


def test_the_preview_of_a_draft_shows_no_draft_among_its_links(desk):
    article = factories.draft()
    factories.link(article, factories.draft(title="Nháp khác"))
    assert "Nháp khác" not in preview(desk("ed"), article).content.decode()


# Kept by what it is made of


@pytest.fixture
def written(monkeypatch):
    """The pages that the templates made."""
    made, render = [], views_page.render_to_string
    monkeypatch.setattr(views_page, "render_to_string", lambda *given: made.append(given[0]) or render(*given))
    return made


@pytest.mark.parametrize("path", ["", "/ngay/{day:%Y/%m/%d}/"])
def test_a_page_whose_rows_came_back_the_same_is_not_written_again(stranger, written, path):
    article = factories.published(title="Tin", body="<p>Chữ.</p>")
    address = path.format(day=days.of(article.published_at)) or article.get_absolute_url()
    pages = {stranger.get(address).content for _time in range(3)}
    assert (len(pages), len(written)) == (1, 1)


def test_what_changed_unseen_by_signals_is_on_a_page_that_was_kept(stranger):
    article = factories.published(title="Tin", body="<p>Chữ cũ.</p>")
    other = factories.published(title="Tin khác")
    assert "Chữ cũ" in page(stranger, article)
    Article.objects.filter(pk=article.pk).update(body="<p>Chữ mới.</p>")
    assert "Chữ mới" in page(stranger, article)
    Article.objects.filter(pk=other.pk).update(title="Tin đổi tên")
    assert "Tin đổi tên" in page(stranger, article)
    article.bylines.create(as_printed="Người Viết")
    assert "Người Viết" in page(stranger, article)
    type(article.category).objects.filter(pk=article.category_id).update(name="Mục đổi tên")
    assert "Mục đổi tên" in page(stranger, article)
