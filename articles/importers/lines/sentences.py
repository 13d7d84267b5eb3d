"""Where prose ends and may be cut."""

import re

STOPS = ".!?…"
_CLOSERS = "\"”’')»]"
_SENTENCE_END = re.compile(r"[.!?…][\"”’')»\]]*(?=\s)")
_SPACE_BEFORE_STOP = re.compile(r"\s+(?=[.,;:!?…])")


def ends_sentence(text):
    return text.rstrip(_CLOSERS)[-1:] in STOPS if text else False


def split_at_sentence(text, limit):
    """(head, rest): `text` in two at its last sentence end within `limit` characters, else at a space."""
    if len(text) <= limit:
        return text, ""
    ends = [match.end() for match in _SENTENCE_END.finditer(text, 0, limit)]
    cut = ends[-1] if ends else text.rfind(" ", 0, limit)
    cut = cut if cut > 0 else limit
    return text[:cut].strip(), text[cut:].strip()


def close_up(text):
    """`text` without the typing error "lao động ."."""
    return _SPACE_BEFORE_STOP.sub("", text)
