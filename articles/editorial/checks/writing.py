"""What a text is made of: title, lede, body, section, byline, and what its genre cannot do without."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles import insets, richtext
from articles.models import Genre

from .check import BLOCK, check

# Of 153,825 headlines of three large papers (2025-26) 99 % have 99 characters or fewer; search engines and phones cut
# longer ones.
TITLE_MOST = 100
CAPITALS_FROM = 3  # words: "GDP" or "UBND TP.HCM" may stand as they are
WITHOUT_BODY = {Genre.PHOTOS, Genre.VIDEO, Genre.INFOGRAPHIC}


@check(
    "title",
    gettext_lazy("Title missing"),
    gettext_lazy("Lists, feeds and search engines show it."),
    level=BLOCK,
    where="title",
)
def title(piece):
    return "" if piece.text("title") else _("The title is missing.")


@check(
    "lede", gettext_lazy("Lede missing"), gettext_lazy("It is bold on the page and the teaser everywhere else."),
    level=BLOCK, where="lede",
)  # fmt: skip
def lede(piece):
    return "" if piece.text("lede") else _("The lede is missing.")


@check(
    "section", gettext_lazy("Section missing"), gettext_lazy("Without a section an article has no address."),
    level=BLOCK, where="category",
)  # fmt: skip
def section(piece):
    return "" if piece.document.get("category") else _("No section is chosen.")


@check(
    "body", gettext_lazy("Body empty"),
    gettext_lazy("Photo stories, videos and infographics may do without, and live reports that have entries."),
    level=BLOCK, where="body",
)  # fmt: skip
def body(piece):
    genre, text = piece.document.get("genre"), piece.document.get("body") or ""
    if genre in WITHOUT_BODY or (genre == Genre.LIVE and piece.rows("live_updates")):
        return ""
    return "" if richtext.to_text(text) or "<img" in text else _("The body is empty.")


@check(
    "byline", gettext_lazy("Byline missing"), gettext_lazy("Readers ask who wrote it, royalties too."), where="bylines"
)
def byline(piece):
    named = any(row.get("author") or row.get("as_printed") for row in piece.rows("bylines"))
    return "" if named else _("Nobody is named as the author.")


@check(
    "title-length", gettext_lazy("Title too long"),
    gettext_lazy("More than 100 characters; of the headlines of large papers 99 % are shorter."),
    where="title",
)  # fmt: skip
def title_length(piece):
    length = len(piece.text("title"))
    if length <= TITLE_MOST:
        return ""
    message = ngettext(
        "The title has %(length)s characters: one more than %(most)s.",
        "The title has %(length)s characters, more than %(most)s.",
        length - TITLE_MOST,
    )
    return message % {"length": length, "most": TITLE_MOST}


@check(
    "title-capitals", gettext_lazy("Title in capitals"), gettext_lazy("Capitals only are hard to read."), where="title"
)
def title_capitals(piece):
    found = piece.text("title")
    return _("The title is written in capitals.") if found.isupper() and len(found.split()) >= CAPITALS_FROM else ""


@check(
    "live-entries",
    gettext_lazy("Live report without entries"),
    gettext_lazy("A live report is its entries."),
    where="live_updates",
)
def live_entries(piece):
    is_bare = piece.document.get("genre") == Genre.LIVE and not piece.rows("live_updates")
    return _("The live report has no entry yet.") if is_bare else ""


@check(
    "video-player",
    gettext_lazy("Video without a player"),
    gettext_lazy("Readers of a video expect to see one."),
    where="player",
)
def video_player(piece):
    if piece.document.get("genre") != Genre.VIDEO or piece.text("player"):
        return ""
    has_player = any(segment.player for segment in insets.segments(piece.document.get("body")))
    return "" if has_player else _("The genre is video, but no video is there.")


CHECKS = [title, lede, section, body, byline, title_length, title_capitals, live_entries, video_player]
