"""A stand-in for the production server that forks: a process that is killed is there again within milliseconds.

granian's workers import the newsroom anew, two seconds each; three hundred kills of these would measure Python's
imports. Everything behind the socket is the same: newsroom.wsgi with its page cache, its threads and its outbox.
Granian's own replacing of workers is drilled by `deploy` and by tests/newsroom/test_server.py.
"""

import contextlib
import os
import signal
import socket
import socketserver
import sys
from pathlib import Path
from wsgiref import simple_server

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
django.setup()
from django.conf import settings  # noqa: E402 (settings first)
from django.template import TemplateDoesNotExist, TemplateSyntaxError, engines  # noqa: E402
from django.urls import get_resolver  # noqa: E402


class Handler(simple_server.WSGIRequestHandler):
    def log_message(self, *_words):
        pass


class Server(socketserver.ThreadingMixIn, simple_server.WSGIServer):
    daemon_threads, request_queue_size = True, 128

    def handle_error(self, request, client_address):
        pass  # the reader went away


def listen(port):
    found = socket.socket()
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    found.bind(("127.0.0.1", port))
    found.listen(512)
    return found


def work(listening, hook):
    """One process of the server, until it is ended."""
    from newsroom.wsgi import application  # noqa: PLC0415 (starts threads: in the child only)

    if hook:
        __import__(hook)
    server = Server(listening.getsockname(), Handler, bind_and_activate=False)
    server.socket, server.server_name, server.server_port = listening, "127.0.0.1", listening.getsockname()[1]
    server.setup_environ()
    server.set_app(application)
    server.serve_forever(poll_interval=1)


def warm():
    """What each process would do at its first request, done once, before the fork. Asks no database."""
    get_resolver().url_patterns  # noqa: B018 (imports all views)
    for folder in (settings.BASE_DIR / "templates", *engines["django"].engine.template_loaders[0].get_dirs()):
        for file in sorted(Path(folder).rglob("*.html")):
            with contextlib.suppress(TemplateDoesNotExist, TemplateSyntaxError):
                engines["django"].get_template(str(file.relative_to(folder)))


def main():
    listening, hook = listen(int(os.environ["PORT"])), os.environ.get("DRILL_HOOK")
    warm()
    children, ends = set(), []
    signal.signal(signal.SIGTERM, lambda *_: (ends.append(1), [os.kill(pid, signal.SIGKILL) for pid in children]))
    while not ends:
        while len(children) < int(os.environ["WORKERS"]) and not ends:
            pid = os.fork()
            if pid == 0:
                signal.signal(signal.SIGTERM, signal.SIG_DFL)
                work(listening, hook)
                os._exit(0)
            children.add(pid)
        children.discard(os.wait()[0])
    return 0


if __name__ == "__main__":
    sys.exit(main())
