"""The production server: granian, which `make run` starts as `python -m newsroom.server`.

Design notes
- Chosen by measurement (docs/server.md): what a page from the store costs is the server and little else, and gunicorn
  takes four times the processor time of granian for it. The part that speaks HTTP is not Python, so a reader who sends
  a header letter by letter holds no thread.
- Threads, because a page waits for its database more than it computes; only half of them are ever in Django
  (room.py), the others answer with pages that are kept. They change places less often than Python would have them
  (SWITCH): four requests at once cost a sixth less, and a page is written in less than one turn.
- A worker that dies is replaced; each is renewed once in LIFETIME, one after the other, for what a library may leak.
  One that dies again within seconds ends the server with status 1: whoever started it (systemd) starts it anew.
- Ctrl+C, TERM: no new connections, running requests get GRACE seconds, then the worker is killed. A worker that is
  still starting has no requests, and no handler of its own for signals either: it ends at once (END).
- What is to be done when a worker ends stands in multiprocessing's Finalize: its processes run no atexit.
- A proxy's word on protocol and address is Django's matter (BEHIND_PROXY), not the server's.
"""

import os
import signal
import sys

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from newsroom import environment

GRACE = 30  # seconds
LIFETIME = 6 * 3600  # seconds
HEADER_TIMEOUT = 10_000  # milliseconds in which a header has to be there
END = (signal.SIGTERM, signal.SIGINT)
HEADER_LIMIT = 64 * 1024  # bytes; cookies and a long query fit many times over
SWITCH = 0.02  # seconds for which a thread computes before Python hands the processor to another (its own: 0.005)
WAITING = 512  # requests of one worker that wait for a thread; further connections wait in the kernel


def end_at_once():
    """In a worker that was just forked: not the main process's handlers, which would only take note of a signal."""
    for one in END:
        signal.signal(one, signal.SIG_DFL)


def server(application="newsroom.wsgi:application"):
    host, port = os.environ.get("HOST", "127.0.0.1"), environment.number("PORT", 8000, least=1)
    sys.setswitchinterval(SWITCH)
    os.register_at_fork(after_in_child=end_at_once)  # until granian sets the worker's own
    found = Granian(
        application,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,  # in front of browsers stands a proxy, and that speaks HTTP/1.1 to us
        websockets=False,
        workers=environment.number("WORKERS", 2, least=1),
        blocking_threads=environment.THREADS,
        backpressure=WAITING,
        http1_settings=HTTP1Settings(header_read_timeout=HEADER_TIMEOUT, max_buffer_size=HEADER_LIMIT),
        respawn_failed_workers=True,
        workers_lifetime=LIFETIME,
        workers_kill_timeout=GRACE,
        log_level=LogLevels.warning,
        log_dictconfig={"formatters": {name: {"()": "newsroom.logs.JsonLine"} for name in ("generic", "access")}},
    )
    # On stdout, where the person who typed `make run` looks.
    line = f"\n  Readers: http://{host}:{port}/    Desk: http://{host}:{port}/admin/    (Ctrl+C stops)\n"
    found.on_startup(lambda: print(line, flush=True))  # noqa: T201
    return found


if __name__ == "__main__":
    server(*sys.argv[1:]).serve()
