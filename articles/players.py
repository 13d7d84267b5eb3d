"""Video and audio at providers: which addresses we know, and the address of the player each is shown in.

Nothing is asked of a provider until the reader presses play: until then a player is a link.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Player:
    """`address` is the page at the provider; `frame` is what the click loads; `kind` is 'video' or 'audio'."""

    provider: str
    kind: str
    address: str
    frame: str


_ID = r"(?P<id>[\w-]{11})(?![\w-])"
_PROVIDERS = [
    (
        "YouTube", "video",
        re.compile(
            r"https?://(?:(?:www\.|m\.)?youtube(?:-nocookie)?\.com/(?:watch\?(?:[^#\s]*&)?v=|embed/|shorts/|live/)"
            rf"|youtu\.be/){_ID}",
            re.ASCII,
        ),
        "https://www.youtube.com/watch?v={id}", "https://www.youtube-nocookie.com/embed/{id}?autoplay=1",
    ),
    (
        "Vimeo", "video",
        re.compile(r"https?://(?:www\.|player\.)?vimeo\.com/(?:video/)?(?P<id>[0-9]{5,12})(?![\w-])", re.ASCII),
        "https://vimeo.com/{id}", "https://player.vimeo.com/video/{id}?dnt=1&autoplay=1",
    ),
    (
        "SoundCloud", "audio",
        re.compile(r"https?://(?:www\.|m\.)?soundcloud\.com/(?P<id>[\w-]{1,60}/[\w-]{1,100})(?![\w/-])", re.ASCII),
        "https://soundcloud.com/{id}",
        "https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/{id}&auto_play=true",
    ),
    (
        "Spotify", "audio",
        re.compile(r"https?://open\.spotify\.com/(?:embed/)?(?P<id>(?:episode|show|track)/[A-Za-z0-9]{22})(?![\w-])"),
        "https://open.spotify.com/{id}", "https://open.spotify.com/embed/{id}",
    ),
]  # fmt: skip
HOSTS = ["www.youtube-nocookie.com", "player.vimeo.com", "w.soundcloud.com", "open.spotify.com"]  # of the frames


def parse(text):
    """The Player of an address, or None for one that we do not know."""
    for provider, kind, pattern, address, frame in _PROVIDERS:
        if match := pattern.match(text.strip()):
            return Player(provider, kind, address.format(id=match["id"]), frame.format(id=match["id"]))
    return None
