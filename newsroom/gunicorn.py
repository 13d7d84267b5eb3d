"""gunicorn's configuration: threads, because a page waits for its database more than it computes."""

import os

from newsroom import environment

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{environment.number('PORT', 8000, least=1)}"
workers = environment.number("WORKERS", 2, least=1)
threads = 4
worker_class = "gthread"
timeout = 60
graceful_timeout = 30
keepalive = 5
max_requests = 20_000
max_requests_jitter = 2_000
loglevel = "warning"


def when_ready(server):
    # On stdout, where the person who typed `make run` looks.
    print(f"\n  Readers: http://{bind}/    Desk: http://{bind}/admin/    (Ctrl+C stops)\n", flush=True)  # noqa: T201
