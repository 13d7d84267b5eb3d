"""Real servers for the tests of deploy/, each on a port of its own; where a package is missing a test says so."""

import pytest

from deploy.rig import parts, servers
from deploy.rig.http import call

from .origin import Origin


def need(*programs):
    if packages := parts.missing(*programs):
        pytest.skip(f"Debian's {', '.join(packages)} not installed")


@pytest.fixture
def origin():
    made = Origin()
    yield made
    if made.thread.is_alive():
        made.stop()


@pytest.fixture
def part(tmp_path):
    """part(starter, …) starts something that the end of the test ends."""
    started = []

    def start(starter, name, *words, **options):
        folder = tmp_path / name
        folder.mkdir()
        started.append(starter(folder, *words, **options))
        return started[-1]

    yield start
    for each in reversed(started):
        each.stop()


class Front:
    """What stands before the origin: a port, and how it is told of a change."""

    def __init__(self, name, port, varnish_port=None):
        self.name, self.port, self.varnish_port = name, port, varnish_port

    def get(self, path="/", **options):
        return call(self.port, path, **options)

    def purge(self, tags, how="hard"):
        return call(self.varnish_port, "/", "PURGE", xkey_purge=tags, X_Purge=how)


def nginx_alone(part, origin, tmp_path):
    need("nginx")
    port = parts.free_port()
    site = servers.nginx_text([origin.port], port, tmp_path / "var", tmp_path / "cache")
    part(servers.nginx, "nginx", port, site)
    return Front("nginx", port)


def varnish_alone(part, origin, tmp_path):
    need("varnishd")
    port = parts.free_port()
    part(servers.varnish, "varnish", port, servers.varnish_text([origin.port]))
    return Front("varnish", port, port)


def nginx_and_varnish(part, origin, tmp_path):
    need("nginx", "varnishd")
    behind = varnish_alone(part, origin, tmp_path)
    port = parts.free_port()
    part(servers.nginx, "nginx", port, servers.nginx_text([behind.port], port, tmp_path / "var"))
    return Front("both", port, behind.port)


@pytest.fixture
def varnish(part, origin, tmp_path):
    return varnish_alone(part, origin, tmp_path)


@pytest.fixture
def nginx(part, origin, tmp_path):
    return nginx_alone(part, origin, tmp_path)


@pytest.fixture
def both(part, origin, tmp_path):
    return nginx_and_varnish(part, origin, tmp_path)


@pytest.fixture(params=[nginx_alone, varnish_alone, nginx_and_varnish], ids=["nginx", "varnish", "both"])
def front(request, part, origin, tmp_path):
    return request.param(part, origin, tmp_path)
