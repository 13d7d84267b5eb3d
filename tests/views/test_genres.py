"""What the genres and the extras put on the page of an article."""

import re

import pytest

from articles.models import AIUse, Byline, Genre
from tests import factories

pytestmark = pytest.mark.django_db
YOUTUBE = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"


def page(client, article):
    return client.get(article.get_absolute_url()).content.decode()


def main(client, article):
    return page(client, article).split("<main")[1].split("</main>")[0]


@pytest.mark.parametrize("genre", Genre.values)
def test_every_genre_has_a_page_and_says_what_it_is(stranger, genre):
    html = main(stranger, factories.published(genre=genre, photo=factories.photo_without_files()))
    assert f'<article class="article article-{genre}"' in html
    assert ('class="genre"' in html) == (genre not in {"news", "feature"})


def test_a_kicker_that_only_names_the_genre_is_not_said_twice(stranger):
    html = main(stranger, factories.published(genre="interview", kicker="Phỏng vấn"))
    assert html.split('class="kicker"')[1].split("</p>")[0].count("Phỏng vấn") == 1
    assert "Chuyện nghề" in main(stranger, factories.published(genre="interview", kicker="Chuyện nghề"))


# Insets


def test_an_article_named_in_the_text_shows_with_its_title_of_today(stranger):
    other = factories.published(title="Tít cũ")
    article = factories.published(body=f'<p>Một</p><p><a href="{other.get_absolute_url()}">Tít cũ</a></p>')
    other.title = "Tít mới"
    other.save()
    body = main(stranger, article).split('class="body"')[1].split("</article>")[0]
    assert "Tít mới" in body
    assert "Tít cũ" not in body


@pytest.mark.parametrize("hidden", [factories.draft, factories.scheduled, factories.withdrawn])
def test_a_paragraph_that_names_what_readers_may_not_see_is_left_out(stranger, hidden):
    other = hidden(title="bimat")
    article = factories.published(body=f'<p>Một</p><p><a href="{other.get_absolute_url()}">bimat</a></p>')
    assert "bimat" not in main(stranger, article)


def test_a_video_in_the_text_is_a_link_until_it_is_pressed(stranger):
    html = main(stranger, factories.published(body=f"<p>{YOUTUBE}</p>"))
    assert f'href="{YOUTUBE}"' in html
    assert 'data-frame="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1"' in html
    assert "<iframe" not in html


def test_the_policy_lets_the_frames_of_the_providers_in_and_no_others(stranger):
    policy = stranger.get(factories.published().get_absolute_url())["Content-Security-Policy"]
    [frames] = re.findall(r"frame-src ([^;]+)", policy)
    assert "https://www.youtube-nocookie.com" in frames.split()
    assert all(host.startswith("https://") for host in frames.split())


def test_a_picture_of_the_text_has_its_smaller_files_and_loads_late(stranger):
    photo = factories.photo_without_files(width=1600, height=1067, edition=2)
    html = main(
        stranger, factories.published(body=f'<p><img src="{photo.url}" alt="Ảnh" width="300" height="200"></p>')
    )
    folder = photo.url.rpartition("/")[0]
    assert (
        f'<source type="image/webp" srcset="{folder}/480.webp 480w, {folder}/960.webp 960w, {folder}/1600.webp' in html
    )
    assert f'<source type="image/avif" srcset="{folder}/480.avif 480w' in html
    assert f'<img src="{photo.url}" alt="Ảnh" width="300" height="200" loading="lazy"' in html


def test_a_picture_of_the_text_that_is_no_photo_of_ours_any_more_is_shown_as_it_is(stranger):
    html = main(stranger, factories.published(body='<p><img src="/media/a/master.jpg" alt="" width="1600"></p>'))
    assert 'src="/media/a/master.jpg"' in html
    assert ".webp" not in html


# Labels, corrections, revisions


@pytest.mark.parametrize("use", [AIUse.ASSISTED, AIUse.GENERATED])
def test_the_use_of_ai_is_said(stranger, use):
    assert f'<span class="tag">{use.label}</span>' in main(stranger, factories.published(ai_use=use))


def test_an_ordinary_article_has_no_label(stranger):
    photo = factories.photo_without_files()
    assert 'class="tag"' not in main(stranger, factories.published(photo=photo))


def test_an_illustration_and_a_picture_made_by_ai_say_so(stranger):
    photo = factories.photo_without_files(is_illustration=True, made_by_ai=True)
    assert main(stranger, factories.published(photo=photo)).count('class="tag"') == 2


def test_a_correction_stands_under_the_lede_with_all_its_words(stranger):
    article = factories.published()
    factories.correction(article)
    html = main(stranger, article)
    words = ["Cầu dài 300 mét.", "Cầu dài 330 mét.", "Báo xin lỗi bạn đọc."]
    places = [html.index('class="lede"'), *map(html.index, words), html.index('class="body"')]
    assert places == sorted(places)
    assert 'href="/cai-chinh/"' in html


@pytest.mark.parametrize(("seconds", "shown"), [(30, False), (90, True)])
def test_a_revision_is_told_when_it_came_later(stranger, seconds, shown):
    article = factories.published("2025-10-22 19:25")
    article.revised_at = article.published_at.replace(second=seconds % 60, minute=25 + seconds // 60)
    article.save()
    moment = article.revised_at.astimezone(factories.at("2025-10-22 19:25").tzinfo).isoformat(timespec="seconds")
    assert (f'<time datetime="{moment}">' in main(stranger, article)) == shown


@pytest.mark.parametrize(("words", "minutes"), [(10, None), (230, "1 "), (1000, "4 ")])
def test_the_time_of_reading_counts_syllables(stranger, words, minutes):
    html = main(stranger, factories.published(lede="Sa-pô.", body=f"<p>{'chữ ' * words}</p>"))
    found = re.search(r"<span>(\d+ )\D", html)
    assert (found and found[1]) == minutes


# Bylines


@pytest.mark.parametrize(
    ("role", "line"),
    [(Byline.Role.TEXT, "Hà Thu"), (Byline.Role.PHOTO, "Ảnh: Hà Thu"), (Byline.Role.TEXT_PHOTO, "Bài, ảnh: Hà Thu")],
)
def test_a_byline_says_who_did_what(stranger, role, line):
    article = factories.published()
    factories.signed(article, "Hà Thu", role=role)
    [byline] = re.findall(r'<p class="byline">(.*?)</p>', main(stranger, article))
    assert re.sub(r"<[^>]+>", "", byline) == line


def test_people_of_one_role_stand_on_one_line(stranger):
    article = factories.published()
    for order, (name, role) in enumerate([("Hà Thu", "text"), ("Đinh Thắng", "photo"), ("Lê Lan", "text")]):
        factories.signed(article, name, role=role, order=order)
    [byline] = re.findall(r'<p class="byline">(.*?)</p>', main(stranger, article))
    lines = [re.sub(r"<[^>]+>", "", line) for line in byline.split("<br>")]
    assert lines == ["Hà Thu - Lê Lan", "Ảnh: Đinh Thắng"]


def test_a_line_as_printed_that_names_its_role_does_not_get_it_twice(stranger):
    article = factories.published()
    article.bylines.create(as_printed="Ảnh: Nhóm P.V", role=Byline.Role.PHOTO)
    assert '<p class="byline">Ảnh: Nhóm P.V</p>' in main(stranger, article)


# Media and what hangs on an article


def test_a_videos_player_stands_first_with_the_photo_as_its_still(stranger):
    photo = factories.photo_without_files()
    html = main(stranger, factories.published(genre="video", player=YOUTUBE, photo=photo))
    assert html.index('class="player player-video"') < html.index(photo.url) < html.index('class="lede"')
    assert html.count("<figure") == 1


def test_a_sound_stands_beside_the_photo(stranger):
    photo = factories.photo_without_files()
    html = main(stranger, factories.published(player="https://soundcloud.com/bao-mau/tin", photo=photo))
    assert html.index(photo.url) < html.index('class="player player-audio"')


@pytest.mark.parametrize(("genre", "kind"), [("photos", "gallery-story"), ("news", "gallery-grid")])
def test_a_gallery_shows_every_photo_with_its_words(stranger, genre, kind):
    article = factories.published(genre=genre)
    places = factories.gallery(article, 3)
    html = main(stranger, article)
    assert f'class="gallery {kind}"' in html
    assert [html.count(f"<figcaption>{place.photo.caption}") for place in places] == [1, 1, 1]


def test_a_live_report_stands_newest_first_with_its_key_moments_on_top(stranger):
    article = factories.published(genre="live")
    first = factories.live_update(article, "2023-03-22 08:30", title="Mở cửa xả", is_key=True)
    factories.live_update(article, "2023-03-22 09:30", title="Nước lên")
    html = main(stranger, article)
    assert html.index("Nước lên") < html.rindex("Mở cửa xả")
    assert re.search(rf'href="#tin-{first.pk}">.*Mở cửa xả', html)
    assert f'id="tin-{first.pk}"' in html


def test_a_file_is_offered_with_its_kind_and_size(stranger):
    article = factories.published()
    attachment = factories.attachment(article, content=b"%PDF-1.4" + b" " * 1_300_000)
    html = main(stranger, article)
    assert f'href="{attachment.file.url}"' in html
    assert re.search(r"\(PDF, 1,2\sMB\)", html)


def test_an_infographic_leads_to_the_whole_picture(stranger):
    photo = factories.photo_without_files()
    assert f'<a href="{photo.url}">' in main(stranger, factories.published(genre="infographic", photo=photo))


def test_topics_are_linked(stranger):
    article = factories.published()
    topic = factories.topic("Nông thôn mới", article)
    assert f'<a href="{topic.get_absolute_url()}">Nông thôn mới</a>' in main(stranger, article)


def test_the_next_stories_of_the_section_are_linked(stranger):
    older, article, newer = (factories.published(f"2023-03-2{day} 08:00", title=f"Tin {day}") for day in (1, 2, 3))
    html = main(stranger, article)
    assert f'rel="prev" href="{older.get_absolute_url()}"' in html
    assert f'rel="next" href="{newer.get_absolute_url()}"' in html


def test_sharing_is_by_plain_links(stranger, settings):
    settings.SITE_URL = "https://baomau.vn"
    html = main(stranger, factories.published(title="Tin & ảnh"))
    assert "https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fbaomau.vn%2Fkinh-te%2Ftin-anh-" in html
    assert "https://button-share.zalo.me/share_external?d=" in html
    assert "mailto:?subject=Tin%20%26%20%E1%BA%A3nh&amp;body=https%3A%2F%2Fbaomau.vn" in html


def test_a_withdrawn_article_tells_its_day_and_not_its_title(stranger):
    article = factories.withdrawn(title="bimat")
    html = stranger.get(article.get_absolute_url()).content.decode()
    assert re.search(r"\d\d/\d\d/\d{4}", html.split("<main")[1].split("</main>")[0])
    assert "bimat" not in html


# Queries


@pytest.mark.parametrize("much", [1, 12])
def test_a_page_costs_five_queries_however_much_hangs_on_it(stranger, django_assert_num_queries, much):
    others = factories.many(much, when="2023-03-21 08:00")
    names = "".join(f"<p>http://127.0.0.1:8000{other.get_absolute_url()}</p>" for other in others)
    article = factories.published(genre="live", body=names, photo=factories.photo_without_files())
    factories.gallery(article, much)
    for number in range(much):
        factories.signed(article, f"Người thứ {number}", order=number)
        factories.topic(f"Chủ đề {number}", article)
        factories.live_update(article)
        factories.correction(article)
        factories.comment(article)
        factories.attachment(article)
    factories.english(article)
    stranger.get("/khong-co/")  # SQLite is asked once whether it knows JSON
    with django_assert_num_queries(5):
        assert stranger.get(article.get_absolute_url()).status_code == 200


def test_an_entry_ahead_of_its_time_waits_for_it(stranger, clock):
    article = factories.published("2023-03-22 08:00", genre="live")
    factories.live_update(article, "2023-03-22 11:00", body="<p>Xả lũ lúc 11 giờ.</p>")
    shown = []
    for time in ("10:59", "11:01"):
        clock(factories.at(f"2023-03-22 {time}"))
        shown.append("Xả lũ" in stranger.get(article.get_absolute_url()).content.decode())
    assert shown == [False, True]
