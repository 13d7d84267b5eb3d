"""The newsroom without its embedded store, for a WSGI server: every page is made anew, as one that nobody has asked for
yet. So whole pages are not kept by their rows either (`page.render_once`); cards and the masthead are, as ever."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

application = get_wsgi_application()

from articles.views import page  # noqa: E402 (Django has to be set up)

page.MOST_KEPT = 0
