"""What attackers write: the whole corpus where HOSTILE_CORPUS names it, else our own sample of it."""

import html
import json
import os
from pathlib import Path

CORPUS = os.environ.get("HOSTILE_CORPUS")
SAMPLE = Path(__file__).parent.parent / "data" / "hostile" / "xss.json"
# CVE-2024-24815: the end of a style that CKEditor's parser does not see.
UNSEEN_ENDS = [
    f"<style></style{end}><img src=x onerror=alert(1)></style>" for end in (" ", "\t", "/x", "\n", " x=y", "\f")
] + ["<STYLE></STYLE ><img src=x onerror=alert(1)></STYLE>", "<script></script ><svg onload=alert(1)></script>"]


def every():
    """Each vector as the HTML of a body; an address as a link and as a picture."""
    if CORPUS:
        items = json.loads((Path(CORPUS) / "xss" / "vectors.json").read_text(encoding="utf-8"))
        found = [(item["v"], item["kind"]) for item in items]
    else:
        found = [(one, "html") for group in json.loads(SAMPLE.read_text(encoding="utf-8")) for one in group["vectors"]]
    return UNSEEN_ENDS + [_as_body(text) if kind == "uri" else text for text, kind in found]


def _as_body(address):
    return '<a href="{0}">x</a><img src="{0}">'.format(html.escape(address))


def batches(texts, size):
    """Several in one body, each in a block of its own."""
    return [
        "".join(f"<div>{text}</div>\n" for text in texts[start : start + size]) for start in range(0, len(texts), size)
    ]
