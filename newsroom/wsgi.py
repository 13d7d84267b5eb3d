"""The entry of the production server (`make run`, newsroom/server.py)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

application = get_wsgi_application()

from articles.editorial.logins import refuse_demo_passwords  # noqa: E402 (models exist only after the line above)
from articles.outbox import thread  # noqa: E402
from articles.readers.buffer import buffer  # noqa: E402
from newsroom.pages import with_pages  # noqa: E402
from newsroom.postgresql import patience  # noqa: E402

patience.begin()
application = with_pages(application)

refuse_demo_passwords()
buffer.flush_every(10)  # seconds; here, so that nothing but a server starts a thread
thread.start()
