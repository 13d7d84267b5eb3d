"""The newsroom without its embedded store, for a WSGI server: every page is made anew, as after a purge."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

application = get_wsgi_application()
