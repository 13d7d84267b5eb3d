"""What a body becomes for the page: clean HTML in, stretches and insets out."""

import pytest

from articles import insets, richtext

YOUTUBE = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_URL = "https://baomau.vn"


def kinds(body, **options):
    """'html', the id of an article, or the provider of a player, in order."""
    found = insets.segments(body, **options)
    return [each.article or (each.player and each.player.provider) or "html" for each in found]


def test_a_body_without_insets_is_one_stretch_and_stays_as_it_is():
    body = '<h2>Tít</h2>\n<p>Một <a href="/x/">hai</a></p>lời rời<ul><li>ba</li></ul><hr><p>bốn</p>'
    assert [each.html for each in insets.segments(body)] == [richtext.clean(body)]


@pytest.mark.parametrize("body", ["", None, "   ", "<p> </p>"])
def test_nothing_gives_nothing(body):
    assert insets.segments(body) == []


@pytest.mark.parametrize(
    "paragraph",
    [
        "<p>https://baomau.vn/kinh-te/huyen-da-bac-12/</p>",
        "<p>https://baomau.vn/kinh-te/huyen-da-bac-12/?a=1&amp;b=2#x</p>",
        '<p><a href="/kinh-te/huyen-da-bac-12/">Đà Bắc</a></p>',
        '<p> <strong><a href="http://baomau.vn/kinh-te/-12/" title="x">Đà Bắc</a></strong> </p>',
    ],
)
def test_a_paragraph_that_holds_only_an_article_of_ours_is_that_article(paragraph):
    assert kinds(f"<p>Một</p>{paragraph}<p>Hai</p>") == ["html", 12, "html"]


@pytest.mark.parametrize(
    "paragraph",
    [
        '<p>Xem thêm: <a href="/kinh-te/huyen-da-bac-12/">Đà Bắc</a></p>',
        '<p><a href="/kinh-te/a-12/">một</a> <a href="/kinh-te/b-13/">hai</a></p>',
        "<p>https://noi-khac.vn/kinh-te/huyen-da-bac-12/</p>",
        "<p>https://baomau.vn:8443/kinh-te/huyen-da-bac-12/</p>",
        '<p><a href="/tac-gia/ha-thu-2/">Hà Thu</a></p>',  # an author's address ends in a number too
        '<p><a href="/kinh-te/">Kinh tế</a></p>',
        '<p><a href="//[x-12/">hỏng</a></p>',
        '<p><a href="mailto:toasoan@baomau.vn">thư</a></p>',
        f"<p>/kinh-te/tin-{'9' * 40}/</p>",
        f'<p><a href="/kinh-te/tin-{"9" * 40}/">tin</a></p>',
        '<p><a href="https://noi-khac.vn/phim">phim</a></p>',
    ],
)
def test_any_other_paragraph_stays_a_paragraph(paragraph):
    assert kinds(paragraph) == ["html"]


def test_a_paragraph_that_holds_only_a_providers_address_is_a_player():
    [segment] = insets.segments(f"<p>{YOUTUBE}</p>")
    assert (segment.player.provider, segment.words) == ("YouTube", "")


def test_the_words_of_a_link_go_with_its_player():
    [segment] = insets.segments(f'<p><a href="{YOUTUBE}&amp;t=5">Xem &amp; nghe</a></p>')
    assert (segment.player.address, segment.words) == (YOUTUBE, "Xem & nghe")


def test_an_address_within_a_quote_or_a_list_stays_there():
    assert kinds(f"<blockquote><p>{YOUTUBE}</p></blockquote><ul><li><p>{YOUTUBE}</p></li></ul>") == ["html"]


def test_a_thousand_addresses_are_not_a_thousand_insets():
    found = kinds(f"<p>{YOUTUBE}</p>" * 1000)
    assert found == ["YouTube"] * insets.MOST + ["html"]


FIGURE = '<figure class="image"><img src="/media/a/master.jpg" alt="Ảnh"></figure>'


def test_figures_that_follow_each_other_stand_in_a_row():
    [segment] = insets.segments(f"<p>Một</p>{FIGURE}\n{FIGURE}<p>Hai</p>{FIGURE}")
    assert segment.html.count('<div class="gallery-row">') == 1
    assert segment.html.index("gallery-row") < segment.html.index("Hai")
    assert segment.html.count("<figure") == 3


def test_in_an_interview_a_paragraph_all_in_bold_is_a_question():
    body = "<p><strong>Vì sao?</strong></p><p><strong>Ông A:</strong> Vì thế.</p>"
    assert 'class="question"' not in insets.segments(body)[0].html
    assert insets.segments(body, interview=True)[0].html.count('<p class="question">') == 1


def test_a_body_is_cleaned_before_it_is_cut():
    [segment] = insets.segments('<p onclick="x()">Một<script>alert(1)</script></p>')
    assert segment.html == "<p>Một</p>"


# Dressing


def dressed(text):
    return insets.dressed(text, lambda attributes: f"[{attributes.get('src')}]")


def test_a_table_scrolls_in_a_box_that_is_named_and_can_be_reached():
    html = dressed("<p>a</p><table><caption>Lúa &amp; ngô</caption><tbody><tr><td>1</td></tr></tbody></table><p>b</p>")
    assert html.startswith('<p>a</p><div class="table-box" role="region" tabindex="0" aria-label="')
    assert 'Lúa &amp; ngô"><table>' in html
    assert html.endswith("</table></div><p>b</p>")


def test_a_table_without_a_caption_is_named_after_its_first_row():
    html = dressed("<table><tbody><tr><th>Xã</th><th>Lúa</th></tr><tr><td>1</td></tr></tbody></table>")
    assert 'Xã, Lúa"><table>' in html


def test_a_table_in_a_table_gets_no_box_of_its_own():
    inner = "<table><tbody><tr><td>1</td></tr></tbody></table>"
    html = dressed(f"<table><tbody><tr><td>{inner}</td></tr></tbody></table>")
    assert html.count("table-box") == 1
    assert html.endswith("</table></div>")


def test_pictures_are_dressed_wherever_they_stand():
    assert dressed('<p>a <img alt="x" src="/media/a.jpg"> b</p>') == "<p>a [/media/a.jpg] b</p>"


def test_what_looks_like_a_tag_inside_an_attribute_is_left_alone():
    text = '<p><a href="/x" title="<table><img src=x onerror=y>">a</a></p>'
    assert dressed(text) == text
    assert dressed(richtext.clean(text)) == richtext.clean(text)


@pytest.mark.parametrize("text", ["<table>" * 3000, "<div>" * 5000, "<p><strong>" * 2000, "<figure>" * 2000])
def test_a_monstrous_body_is_cut_like_any_other(text):
    found = insets.segments(text, interview=True)
    assert all(isinstance(dressed(segment.html), str) for segment in found)


# The information box


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ('<div class="box"><p>Hộp</p></div>',) * 2,
        ('<div class="box x"><p>Hộp</p></div>', "<div><p>Hộp</p></div>"),
        ('<section class="box"><p>Hộp</p></section>', '<div class="box"><p>Hộp</p></div>'),
    ],
)
def test_an_information_box_keeps_its_class_and_no_other(written, kept):
    assert richtext.clean(written) == kept
