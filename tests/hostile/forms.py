"""The forms of a page, as lxml reads them."""

from lxml import html

from articles import vietnamese

NOT_SHOWN = {"hidden", "password", "checkbox", "radio", "file", "submit"}  # again, when a form comes back

ONE_TIME = "code"  # of the second factor, in the sign-in over an open form: never shown again


def of(page):
    """Those by POST on a page, but for those that sign out."""
    if page.status_code == 200 and not page.streaming and page.content.strip().startswith(b"<!"):
        for form in html.document_fromstring(page.content.decode()).forms:
            if form.method == "POST" and "logout" not in (form.get("action") or ""):
                yield form


def is_lost(page, name, word):
    """Whether a form came back with an error, and what was typed into its box did not. NUL is on no keyboard and in no
    HTML; a body comes back clean."""
    if b"\0" in word or name == ONE_TIME or name.endswith("body") or page.streaming or b"errorlist" not in page.content:
        return False
    boxes = [form.inputs[name] for form in of(page) if name in form.fields]
    boxes = [box for box in boxes if getattr(box, "tag", "") in {"input", "textarea"}]  # and no group of choices
    shown = [box.value or "" for box in boxes if getattr(box, "type", "textarea") not in NOT_SHOWN]
    return bool(shown) and _seen(word.decode(errors="replace")) not in map(_seen, shown)


def _seen(text):
    return "".join(vietnamese.clean(text).split())
