"""Passwords that whoever knows the newspaper would try first: its name, its province, words of the desk."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import vietnamese
from articles.models import SiteSettings

WORDS = {"toasoan", "hoabinh", "matkhau", "password", "tongbientap", "bientap", "phongvien", "admin", "quantri", "demo"}
SHORTEST = 4  # letters of a word of the name that counts: "báo" is in half of all pass phrases


class ContextWordsValidator:
    """What is left of a password without these words must be long enough by itself: "toasoan-2026" is four digits."""

    def __init__(self, min_length=12):
        self.min_length = min_length

    def validate(self, password, user=None):
        left = _letters(password)
        for word in sorted(_words(), key=len, reverse=True):
            left = left.replace(word, "")
        if left != _letters(password) and len(left) < self.min_length:
            said = _(
                "Too easy to guess for somebody who knows this newspaper: add words that have nothing to do with it."
            )
            raise ValidationError(said, code="password_of_the_context")

    def get_help_text(self):
        return ngettext(
            "The newspaper's name and words like “toasoan” do not count towards the %(number)d character.",
            "The newspaper's name and words like “toasoan” do not count towards the %(number)d characters.",
            self.min_length,
        ) % {"number": self.min_length}


def _letters(text):
    return re.sub(r"[\W_]+", "", vietnamese.fold(text))


def _words():
    name = SiteSettings.load().name
    host = (urlsplit(settings.SITE_URL).hostname or "").split(".")
    words = name.split()  # and what they make when they stand together: "an lâm" of "Báo An Lâm"
    runs = {"".join(words[a:b]) for a in range(len(words)) for b in range(a + 1, len(words) + 1)}
    found = {_letters(word) for word in [*runs, *host]} | WORDS
    return {word for word in found if len(word) >= SHORTEST and not word.isdecimal()}
