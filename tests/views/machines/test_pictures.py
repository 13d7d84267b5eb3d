"""Pictures on the pages: formats, sizes, what is loaded first; and the files that the server itself hands out."""

import re

import pytest

from tests import base, factories

pytestmark = pytest.mark.django_db


def page(client, article):
    return client.get(article.get_absolute_url()).content.decode()


def test_the_lead_photo_comes_in_three_formats_with_its_size(stranger):
    photo = factories.photo(alt="Cam <chín>")
    html = page(stranger, factories.published(photo=photo))
    [picture] = re.findall(r"<picture>.*?</picture>", html, re.S)
    assert re.findall(r'type="(image/\w+)"', picture) == ["image/avif", "image/webp"]
    assert f'src="{photo.url}" width="640" height="427" alt="Cam &lt;chín&gt;"' in picture
    assert f"{photo.whole.avif[0][0]} 480w" in picture


def test_the_lead_photo_is_asked_for_in_the_head_as_the_page_shows_it(stranger):
    html = page(stranger, factories.published(photo=factories.photo()))
    [preload] = re.findall(r'<link rel="preload" as="image"[^>]*>', html.split("</head>")[0])
    [source] = re.findall(r'<source type="image/avif"[^>]*>', html)
    for name in ("srcset", "sizes"):
        assert re.search(rf'image{name}="([^"]+)"', preload)[1] == re.search(rf' {name}="([^"]+)"', source)[1]
    assert 'loading="lazy"' not in re.search(r"<picture>.*?</picture>", html, re.S)[0]


def test_a_photo_of_the_first_release_is_shown_without_the_files_it_has_not(stranger):
    photo = factories.photo_without_files(edition=1)
    html = page(stranger, factories.published(photo=photo))
    assert "image/avif" not in html
    assert "card-" not in re.search(r"<picture>.*?</picture>", html, re.S)[0]
    assert photo.url in html


def test_cards_show_the_crop(stranger):
    photo = factories.photo()
    factories.published(photo=photo)
    html = stranger.get("/").content.decode()
    assert photo.card.avif[0][0] in html
    assert f'src="{photo.card.url}" width="640" height="427"' in html


def test_an_article_without_a_photo_preloads_none(stranger):
    assert 'as="image"' not in page(stranger, factories.published())


# What is handed out


@pytest.fixture
def kept():
    names = ("a/480.avif", "a/so-lieu.csv", "a/van-ban.pdf", "a/nghe.mp3")
    factories.public_files(*names, content=bytes(range(100)))


def get(client, address, **headers):
    response = client.get(address, headers=headers)
    content = response.getvalue()
    for close in response._resource_closers:
        close()
    return response, content


@pytest.mark.parametrize(
    ("name", "kind", "how"),
    [
        ("480.avif", "image/avif", "inline"),
        ("nghe.mp3", "audio/mpeg", "inline"),
        ("van-ban.pdf", "application/pdf", "attachment"),
        ("so-lieu.csv", "text/csv; charset=utf-8", "attachment"),
    ],
)
def test_a_file_says_what_it_is_and_whether_it_is_saved(stranger, kept, name, kind, how):
    response, _content = get(stranger, f"/media/a/{name}")
    assert (response["Content-Type"], response["Content-Disposition"]) == (kind, how)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"


@pytest.mark.parametrize(
    ("asked", "begin", "end"), [("bytes=10-19", 10, 20), ("bytes=90-", 90, 100), ("bytes=-5", 95, 100),
                                ("bytes=0-999999", 0, 100), ("bytes=-5000", 0, 100)],
)  # fmt: skip
def test_a_reader_may_jump_in_a_sound_file(stranger, kept, asked, begin, end):
    response, content = get(stranger, "/media/a/nghe.mp3", range=asked)
    assert response.status_code == 206
    assert response["Content-Range"] == f"bytes {begin}-{end - 1}/100"
    assert content == bytes(range(begin, end))


@pytest.mark.parametrize("asked", ["bytes=100-", "bytes=20-10", "bytes=-0", f"bytes={'9' * 18}-"])
def test_a_part_that_is_not_there_is_refused(stranger, kept, asked):
    response, _content = get(stranger, "/media/a/nghe.mp3", range=asked)
    assert response.status_code == 416
    assert response["Content-Range"] == "bytes */100"


@pytest.mark.parametrize("asked", ["bytes=-", "bytes=a-b", "bytes=0-1,5-6", "lines=1-2", "", f"bytes={'9' * 30}-"])
def test_a_range_that_is_not_understood_gives_the_whole_file(stranger, kept, asked):
    response, content = get(stranger, "/media/a/nghe.mp3", range=asked)
    assert (response.status_code, len(content)) == (200, 100)


def test_a_file_of_the_media_is_sent_as_it_lies_there(stranger):
    """Compressed once more, a picture would arrive without its length and a part of a sound with a wrong one."""
    factories.public_files("2023/03/a1/chuong.mp3", content=b"ID3" + bytes(5000))
    whole = {"Accept-Encoding": "gzip"}
    for headers, length in ((whole, "5003"), ({**whole, "Range": "bytes=0-999"}, "1000")):
        response = stranger.get("/media/2023/03/a1/chuong.mp3", headers=headers)
        base.close_file(response)
        assert (response.headers.get("Content-Encoding"), response.headers["Content-Length"]) == (None, length)
