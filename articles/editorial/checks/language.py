"""Slips of the pen (articles/prose.py), one finding for each kind.

Design note on the levels: a warning costs an editor a sentence, so only what is right nearly every time warns. In
40,000 edited headlines the rules for spaces, hyphens and quotes found 0.1 % or less, in 3,756 raw web articles 2 to
8 %: what they find is wrong. A doubled word before a number is wrong 7 times of 10, in one article of 500. How often a
mixture of tone styles is meant (quotations, house names) was never measured: it is off until a chief wants it.
"""

from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import prose

from .check import OFF, WARN, Check, said_of


def _places(rule, message, piece):
    """(message with the places, where the first stands), or None. `message` is translated when it is needed."""
    return said_of([(place, where) for where, text in piece.prose for place in rule(text)], message)


def _slip(name, label, why, rule, message):
    return Check(name, label, why, WARN, "body", partial(_places, rule, message))


space_before = _slip(
    "space-before", gettext_lazy("Space before a punctuation mark"), gettext_lazy("As in “lao động .”"),
    prose.spaces_before_marks, gettext_lazy("Space before a punctuation mark: %(places)s."),
)  # fmt: skip
space_after = _slip(
    "space-after", gettext_lazy("No space after a punctuation mark"), gettext_lazy("As in “Hòa Bình,Phú Thọ”"),
    prose.marks_without_space, gettext_lazy("No space after a punctuation mark: %(places)s."),
)  # fmt: skip
hyphen = _slip(
    "hyphen", gettext_lazy("Hyphen with a space on one side"), gettext_lazy("As in “sản xuất- kinh doanh”"),
    prose.lone_hyphens, gettext_lazy("Hyphen with a space on one side only: %(places)s."),
)  # fmt: skip
quotes = _slip(
    "quotes", gettext_lazy("Uneven quotation marks"), gettext_lazy("One straight, one curly, as in \"OCOP”"),
    prose.uneven_quotes, gettext_lazy("One straight and one curly quotation mark: %(places)s."),
)  # fmt: skip
doubled = _slip(
    "doubled", gettext_lazy("Word doubled before a number"), gettext_lazy("As in “từ năm năm 2006”"),
    prose.doubled_before_number, gettext_lazy("Written twice before a number: %(places)s."),
)  # fmt: skip


def _mixed(piece):
    text = "\n".join(words for _where, words in piece.prose)
    found = [(word, "body") for word in prose.mixed_tones(text)]
    return said_of(found, _("Two ways of placing the tone in one article: %(places)s."))


tones = Check(
    "tones", gettext_lazy("Tone marks placed in two ways"),
    gettext_lazy("As in “ủy” beside “uỷ”; quotations may need it."),
    OFF, "body", _mixed,
)  # fmt: skip

CHECKS = [space_before, space_after, hyphen, quotes, doubled, tones]
