"""Everything at once: primary and replica, Redis, object storage, two web machines, Varnish and nginx before them."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

from . import machine, parts, postgres, servers

PROGRAMS = ("initdb", "redis-server", "nginx", "varnishd")
PASSWORD = secrets.token_urlsafe(16)
MIGRATE = """
import sys
from django.core.management import call_command
call_command("migrate", verbosity=0, stdout=sys.stderr)
"""
FIRST_DAY = f"""
from django.contrib.auth import get_user_model
from articles.models import Category
get_user_model().objects.create_superuser("ada", password="{PASSWORD}")
Category.objects.create(name="Kinh tế", slug="kinh-te")
"""


class Newsroom:
    """`with Newsroom() as rig`: rig.a and rig.b are the machines; rig.front is the port that readers know, nginx before
    Varnish; rig.nginx that of an nginx alone before the same two."""

    def __enter__(self):
        with ExitStack() as stack:
            self._stack = stack
            self.folder = stack.enter_context(parts.folder())
            with ThreadPoolExecutor(4) as hands:  # what needs nothing of the others comes up beside them
                shared = hands.submit(self._started, servers.redis, "redis", parts.free_port())
                media = hands.submit(self._started, servers.s3, "s3", parts.free_port())
                self.primary = self._kept(postgres.primary(self.folder / "primary", parts.free_port()))
                self.redis, self.s3 = shared.result(), media.result()
                self.a, self.b = self._machine("a"), self._machine("b")
                replica = hands.submit(postgres.replica, self.primary, self.folder / "replica", self._replica_port)
                self.a.tell(MIGRATE)
                self.replica = self._kept(replica.result())
                list(hands.map(lambda web: self._kept(web.serve()), (self.a, self.b)))
            self.a.tell(FIRST_DAY)
            self._put_in_front()
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *error):
        self._stack.close()

    def _kept(self, part):
        self._stack.callback(part.stop)
        return part

    def _started(self, starter, name, *words):
        folder = self.folder / name
        folder.mkdir()
        return self._kept(starter(folder, *words))

    def _machine(self, name):
        if name == "a":
            self._replica_port, self.varnish = parts.free_port(), parts.free_port()
            self._secret = secrets.token_urlsafe(64)
        replica = self.primary.url.replace(str(self.primary.port), str(self._replica_port))
        return machine.Machine(
            self.folder / name, parts.free_port(), DATABASE_URL=self.primary.url, DATABASE_REPLICA_URL=replica,
            REDIS_URL=f"redis://127.0.0.1:{self.redis.port}/0", SECRET_KEY=self._secret,
            MEDIA_S3_URL=f"http://newsroom:newsroom-secret@127.0.0.1:{self.s3.port}/media",
            CACHE_IN_FRONT="varnish", PURGE_URLS=f"http://127.0.0.1:{self.varnish}",
        )  # fmt: skip

    def _put_in_front(self):
        webs = [self.a.port, self.b.port]
        self.front, self.nginx = parts.free_port(), parts.free_port()
        self._started(servers.varnish, "varnish", self.varnish, servers.varnish_text(webs))
        var = self.folder / "files"
        site = servers.nginx_text([self.varnish], self.front, var)
        self._started(servers.nginx, "front", self.front, site)
        site = servers.nginx_text(webs, self.nginx, var, self.folder / "kept")
        self._started(servers.nginx, "alone", self.nginx, site)
