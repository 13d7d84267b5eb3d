"""The entry of the production server (`make run`, newsroom/server.py)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

application = get_wsgi_application()

from articles import alerts  # noqa: E402 (models exist only after the line above)
from articles.editorial.logins import refuse_demo_passwords  # noqa: E402
from articles.outbox import thread  # noqa: E402
from articles.readers.buffer import buffer  # noqa: E402
from newsroom.headers import guarded  # noqa: E402
from newsroom.pages import with_pages  # noqa: E402
from newsroom.postgresql import patience  # noqa: E402
from newsroom.request import Request  # noqa: E402

patience.begin()
application.request_class = Request
application = guarded(with_pages(application))

refuse_demo_passwords()
buffer.flush_every(10)  # seconds; here, so that nothing but a server starts a thread
thread.every(60, alerts.check)
thread.start()
