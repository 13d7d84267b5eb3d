import pytest

from articles import players


@pytest.mark.parametrize(
    ("address", "provider", "page"),
    [
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", "YouTube", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
        ("https://m.youtube.com/watch?a=b&v=dQw4w9WgXcQ&t=9", "YouTube", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
        ("https://youtu.be/dQw4w9WgXcQ?si=x", "YouTube", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
        ("http://youtube.com/shorts/dQw4w9WgXcQ", "YouTube", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
        ("https://player.vimeo.com/video/76979871", "Vimeo", "https://vimeo.com/76979871"),
        ("https://soundcloud.com/bao-mau/tin-sang", "SoundCloud", "https://soundcloud.com/bao-mau/tin-sang"),
        (
            "https://open.spotify.com/episode/4rOoJ6Egrf8K2IrywzwOMk?si=1",
            "Spotify",
            "https://open.spotify.com/episode/4rOoJ6Egrf8K2IrywzwOMk",
        ),
    ],
)
def test_an_address_is_known_in_its_forms_and_told_in_one(address, provider, page):
    player = players.parse(f"  {address} ")
    assert (player.provider, player.address) == (provider, page)


@pytest.mark.parametrize(
    "address",
    [
        *("", "phim", "https://www.youtube.com/", "https://www.youtube.com/watch?v=ngan", "https://youtu.be/"),
        *("https://youtube.com.noi-khac.vn/watch?v=dQw4w9WgXcQ", "https://noi-khac.vn/?u=https://youtu.be/dQw4w9WgXcQ"),
        *("javascript:https://youtu.be/dQw4w9WgXcQ", "https://vimeo.com/abc", "https://soundcloud.com/chi-mot-ten"),
        *("https://youtu.be/đQw4w9WgXcQ", "https://youtu.be/dQw4w9WgXcQ-dai-hon"),
    ],
)
def test_what_is_not_known_is_no_player(address):
    assert players.parse(address) is None


@pytest.mark.parametrize("address", ["https://youtu.be/dQw4w9WgXcQ", "https://vimeo.com/76979871"])
def test_a_frame_is_of_a_host_that_the_policy_names(address):
    assert players.parse(address).frame.split("/")[2] in players.HOSTS
