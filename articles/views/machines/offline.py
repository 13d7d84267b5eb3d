"""Reading without a line: the service worker, and the page it shows where nothing else is kept.

The worker's text is templates/sw.js. In front of it stand the names of the files it keeps, which change with their
content: so every release is another worker, and browsers take it over.
"""

import hashlib
import json

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.views import page

SHELL = ["css/reader.css", "js/reader.js", "fonts/newsreader.woff2", "icon.svg"]


@require_safe
def worker(request):
    shell, script = [static(name) for name in SHELL], render_to_string("sw.js")
    constants = {"OFFLINE": reverse("offline"), "SHELL": shell, "WORDS": _words()}
    constants["VERSION"] = hashlib.sha256(f"{constants}{script}".encode()).hexdigest()[:12]
    lines = [f"const {name} = {json.dumps(value)};" for name, value in constants.items()]
    headers = {"Cache-Control": "no-cache", "Service-Worker-Allowed": "/"}
    content = "\n".join([*lines, script])
    return page.tag(HttpResponse(content, content_type="text/javascript; charset=utf-8", headers=headers), ())


def _words():
    """What a page says about itself when it is a copy, in the languages that pages have."""
    words = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            words[language] = _("You are offline. This is the copy of {time}.")
    return words


@require_safe
def offline(request):
    response = page.render(request, "articles/offline.html", {}, tags=())
    response.headers["X-Robots-Tag"] = "noindex"
    return response
