"""What an old page prints under its article: "Các tin khác" with titles and teasers, and the day archive's form."""

import re

from articles import vietnamese
from articles.models import RelatedLink

from .incoming import ArchiveForm, IncomingLink
from .lines import datelines
from .lines.sentences import ends_sentence

HEADINGS = {
    "cac tin khac", "tin khac", "cac bai khac", "bai khac", "cac tin bai khac", "tin bai khac", "cac tin da dua",
    "tin da dua", "tin lien quan", "cac tin lien quan", "bai lien quan", "bai viet lien quan", "tin bai lien quan",
    "tin cung chuyen muc", "cung chuyen muc", "bai viet cung chuyen muc", "bai cung chuyen muc", "tin moi hon",
    "tin cu hon", "cac tin moi hon", "cac tin cu hon", "nhung tin moi hon", "nhung tin cu hon", "tin moi nhat",
    "xem them", "doc them", "co the ban quan tam", "bai viet khac", "cac bai viet khac", "tin tuc khac",
    "cac tin khac trong chuyen muc", "cac tin da dang", "tin lien quan khac", "cac tin tiep theo",
}  # fmt: skip
# Buttons that a copied page drags along as lines.
CONTROLS = {
    "in bai viet", "in bai", "in trang", "ban in", "ban de in", "gui email", "gui cho ban be", "ve dau trang",
    "chia se", "len dau trang", "dau trang", "quay lai", "tro lai", "tweet", "share", "thich", "luu", "nghe doc bai",
    "tu khoa", "gui binh luan", "binh luan", "xem tiep", "facebook", "zalo", "trang chu", "share facebook", "co chu",
}  # fmt: skip

MOST_LINKS = 20
_TITLE_LENGTH = RelatedLink._meta.get_field("title").max_length
_BULLET = re.compile(r"^(?:[-–—•*+►▪»>·●○]+|\d{1,2}[.)])\s+")
_DAY_BEHIND = re.compile(r"\s*[(\[]\s*\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?(?:[\s,-]+\d{1,2}[:h]\d{2})?\s*[)\]]$")


def is_heading(line):
    return len(line) < 60 and vietnamese.key(line) in HEADINGS


def is_control(line):
    return len(line) < 40 and vietnamese.key(line) in CONTROLS


def pair(lines):
    """Titles and teasers, in order: a teaser is prose behind a title, a title any other line."""
    found = []
    for line in lines:
        tag, text = datelines.strip(line)
        if found and not found[-1].lede and (tag or is_teaser(text, found[-1].title)):
            found[-1] = IncomingLink(found[-1].title, tag, text)
        elif not tag and (title := bare_title(line)):
            found.append(IncomingLink(title))
    return tuple(found[:MOST_LINKS])


def bare_title(line):
    """A title out of a list: without its bullet and the day behind it; '' when it is none."""
    title = _DAY_BEHIND.sub("", _BULLET.sub("", line)).strip()
    return title if len(title) <= _TITLE_LENGTH and not is_control(title) and vietnamese.key(title) else ""


def is_teaser(text, title):
    return ends_sentence(text) and not _BULLET.match(text) and len(text) > max(60, len(title))


def cut_archive_form(lines):
    """(lines before the form, ArchiveForm or None): the form and all behind it is no part of the article."""
    starts = [at for at, line in enumerate(lines) if vietnamese.key(line).startswith("xem cac tin da dua ngay")]
    if not starts:
        return lines, None
    at = starts[-1]
    label, colon, _rest = lines[at].partition(":")
    scope = next((line for line in lines[at:] if "tin trong" in vietnamese.key(line)), "")
    head, scope_colon, choices = scope[max(scope.lower().find("tin trong"), 0) :].partition(":")
    form = ArchiveForm(label + colon, head + scope_colon, tuple(_choices(choices)))
    return lines[:at], form


def _choices(text):
    """'Chuyên mục này Mọi chuyên mục' → two: each opens with a capital."""
    found = []
    for word in text.replace("|", " ").split():
        if found and not word[0].isupper():
            found[-1] += f" {word}"
        else:
            found.append(word)
    return found
