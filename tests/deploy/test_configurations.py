"""The files of deploy/ as they are: what the programs themselves say of them, and that they fit the code."""

import re
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import get_commands

from articles import attachments, renditions
from deploy.rig import parts, servers

from .conftest import need

FOLDER = servers.HERE
UNITS = sorted((FOLDER / "systemd").rglob("*.service")) + sorted((FOLDER / "systemd").rglob("*.timer"))
NGINX = {name: (FOLDER / name).read_text() for name in ("nginx.conf", "nginx-varnish.conf")}
VCL = (FOLDER / "varnish.vcl").read_text()


@pytest.mark.parametrize("name", NGINX)
def test_nginx_takes_it_without_a_warning(name, tmp_path):
    need("nginx")
    cache = tmp_path / "cache" if name == "nginx.conf" else None
    main = servers.nginx_files(tmp_path, servers.nginx_text([8000], parts.free_port(), tmp_path, cache))
    done = subprocess.run(  # noqa: S603 (our own command)
        [parts.program("nginx"), "-t", "-c", main, "-p", tmp_path], capture_output=True, text=True, timeout=30
    )
    assert done.returncode == 0, done.stderr
    assert "[warn]" not in done.stderr


def test_a_port_that_begins_as_varnish_does_is_listened_on_as_it_is(tmp_path):
    text = servers.nginx_text([46263], 60817, tmp_path)
    assert "listen 127.0.0.1:60817;" in text
    assert "server 127.0.0.1:46263" in text


def test_varnish_takes_it(tmp_path):
    need("varnishd")
    parts.run([parts.program("varnishd"), "-C", "-f", FOLDER / "varnish.vcl", "-n", tmp_path / "v"])


@pytest.mark.parametrize("text", [NGINX["nginx.conf"], VCL], ids=["nginx", "varnish"])
def test_the_cookie_of_who_is_signed_in_is_the_one_that_django_sets(text):
    assert set(re.findall(r"\b(\w*sessionid)=", text)) == {settings.SESSION_COOKIE_NAME}


@pytest.mark.parametrize("name", NGINX)
def test_nginx_serves_the_pictures_and_sounds_that_the_newsroom_serves_and_no_other_file(name):
    served = re.search(r"\\\.\(([a-z0-9|]+)\)\)\$ \{", NGINX[name])[1]
    assert set(served.split("|")) == set(attachments.PICTURES) | attachments.SOUND
    types = dict(reversed(line.split()) for line in re.search(r"types \{(.*?)\}", NGINX[name], re.S)[1].replace(
        ";", "").strip().splitlines())  # fmt: skip
    assert types == {ending: attachments.headers(f"a.{ending}")["Content-Type"] for ending in types}


@pytest.mark.parametrize("name", NGINX)
def test_a_form_with_the_most_photos_passes(name):
    from articles.admin.photos import upload  # noqa: PLC0415 (needs the models)

    largest = upload.MOST * renditions.UPLOAD_LIMIT + upload.WORDS_LIMIT
    limits = {int(size) * 1024 * 1024 for size in re.findall(r"client_max_body_size (\d+)m;", NGINX[name])}
    assert largest <= max(limits)
    assert min(limits) < attachments.LIMIT  # readers send words


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_starts_what_there_is(unit):
    text = unit.read_text()
    for command in re.findall(r"manage\.py (\w+)", text):
        assert command in get_commands()
    for file in re.findall(r"--config (\S+)", text):
        assert (parts.ROOT / file).exists()


@pytest.mark.parametrize("unit", [unit for unit in UNITS if unit.parent.name == "systemd"], ids=lambda unit: unit.name)
def test_systemd_takes_it(unit):
    if not parts.program("systemd-analyze"):
        pytest.skip("no systemd on this machine")
    done = subprocess.run(  # noqa: S603 (our own command)
        [parts.program("systemd-analyze"), "verify", "--man=no", unit], capture_output=True, text=True, timeout=60
    )
    ours = [line for line in done.stderr.splitlines() if "newsroom-" in line and "not executable" not in line]
    assert ours == []


def test_two_machines_are_one_newspaper():
    """The proofs themselves: deploy/rig/proofs.py."""
    need("initdb", "redis-server", "nginx", "varnishd")
    done = subprocess.run(  # noqa: S603 (our own command)
        [sys.executable, FOLDER / "two-machines"], capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("\nproved ") == 11
