"""What in a page could run, load or lead astray, judged by its tree and not by its text."""

from urllib.parse import urlsplit

import lxml.html

SKIPPED = "".join(map(chr, range(33)))  # what browsers drop around an address
FORBIDDEN = {"iframe", "object", "embed", "applet", "base", "style", "frame", "frameset", "portal", "math", "xml"}
IN_A_BODY = FORBIDDEN | {"script", "svg", "form", "input", "button", "textarea", "select", "meta", "link", "template"}
ADDRESSES = {"href", "src", "action", "formaction", "data", "poster", "xlink:href", "background", "srcset", "srcdoc"}
SCHEMES = {"", "http", "https", "mailto", "tel"}
OWN_SCRIPTS = ("/static/",)


def faults(html):
    """[what is wrong], of a whole page."""
    page = lxml.html.fromstring(html)
    inside = {element for body in page.find_class("body") for element in body.iterdescendants()}
    return [fault for element in page.iter() for fault in _of(element, is_inside=element in inside)]


def _of(element, *, is_inside):
    tag = element.tag
    if not isinstance(tag, str):
        return
    if tag in (IN_A_BODY if is_inside else FORBIDDEN):
        yield f"<{tag}>"
    if tag == "script" and not _is_ours(element):
        yield f"<script {dict(element.attrib)}>"
    for name, value in element.attrib.items():
        if (
            name.startswith("on")
            or name in {"style", "srcdoc"}
            or (name in ADDRESSES and not _is_harmless(name, value))
        ):
            yield f"{tag}[{name}={value[:60]}]"


def _is_harmless(name, value):
    return name == "srcset" or _scheme(value) in SCHEMES


def _is_ours(script):
    return script.get("type") == "application/ld+json" or script.get("src", "").startswith(OWN_SCRIPTS)


def _scheme(value):
    try:
        return urlsplit(value.strip(SKIPPED).replace("\t", "").replace("\n", "").replace("\r", "")).scheme.lower()
    except ValueError:
        return ""  # no address at all
