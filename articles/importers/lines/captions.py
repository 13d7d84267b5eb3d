"""A caption and the credit at its end: "Gặt lúa ở Mai Châu (Ảnh: Bùi Minh)." is both."""

import re

_CREDIT = re.compile(
    r"[\s.]*(?:\(\s*(?:Ảnh|Nguồn ảnh|Nguồn|Đồ họa|Video)\s*:\s*(?P<inside>[^()]{2,150})\)"
    r"|(?<!\w)(?:Ảnh|Nguồn ảnh)\s*:\s*(?P<behind>[^.()]{2,100}))[\s.]*$"
)


def split(caption):
    """(caption, credit): the credit is '' when the caption names none; a lone credit leaves a caption of ''."""
    match = _CREDIT.search(caption)
    if not match:
        return caption, ""
    words = caption[: match.start()].strip(" -–—|")
    credit = (match["inside"] or match["behind"]).strip(" .")
    return (f"{words}." if words and words[-1].isalnum() else words), credit
