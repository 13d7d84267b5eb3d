"""Redis, an S3 server, nginx and Varnish with the configurations of this folder, put onto other ports."""

import os
from pathlib import Path

import boto3

from . import parts

HERE = Path(__file__).resolve().parent.parent
KEYS = {"aws_access_key_id": "newsroom", "aws_secret_access_key": "newsroom-secret", "region_name": "us-east-1"}


class Mismatch(Exception):
    """A configuration does not hold what the rig puts something else in the place of."""


def replaced(text, *pairs):
    for old, new in pairs:
        if old not in text:
            raise Mismatch(old)
        text = text.replace(old, str(new))
    return text


def redis(folder, port):
    command = [parts.program("redis-server"), "--bind", "127.0.0.1", "--port", port, "--save", "", "--dir", folder]
    return parts.Part("redis", command, port, folder)


def s3(folder, port):
    """moto, which keeps everything in memory, with a public bucket for media and a private one for originals."""
    part = parts.Part("s3", parts.python("-m", "moto.server", "-H", "127.0.0.1", "-p", port), port, folder, within=40)
    client = boto3.client("s3", endpoint_url=f"http://127.0.0.1:{port}", **KEYS)
    for bucket in ("media", "media-originals"):
        client.create_bucket(Bucket=bucket)
    part.client = client
    return part


# nginx

# As Debian's nginx.conf has it around conf.d/: what the site's own file must be right in.
AROUND = """\
daemon off;
worker_processes {workers};
pid {folder}/nginx.pid;
error_log {folder}/nginx-error.log;
events {{ worker_connections 1024; }}
http {{
    sendfile on;
    tcp_nopush on;
    gzip on;
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    access_log {folder}/nginx-access.log;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {site};
}}
"""


def nginx_text(origins, port, var, cache=None):
    """deploy/nginx.conf for web machines on these ports; with no `cache` folder nginx-varnish.conf for a Varnish."""
    listen = ("listen 80;", f"listen 127.0.0.1:{port};")
    if cache is None:
        text = (HERE / "nginx-varnish.conf").read_text()
        # The port of ours last: it may begin as Varnish's does.
        return replaced(text, ("127.0.0.1:6081", f"127.0.0.1:{origins[0]}"), ("/srv/newsroom/var", var), listen)
    machines = "\n    ".join(f"server 127.0.0.1:{origin} max_fails=0;" for origin in origins)
    return replaced(
        (HERE / "nginx.conf").read_text(), listen, ("server 127.0.0.1:8000 max_fails=0;", machines),
        ("/srv/newsroom/var", var), ("/var/cache/nginx/newsroom", cache),
    )  # fmt: skip


def nginx(folder, port, site, workers=1):
    main = nginx_files(folder, site, workers)
    return parts.Part(f"nginx-{port}", [parts.program("nginx"), "-c", main, "-p", folder], port, folder)


def nginx_files(folder, site, workers=1):
    """The main file, beside the site's. For `nginx -t` too."""
    folder = Path(folder)
    (folder / "site.conf").write_text(site.replace("/var/log/nginx/", f"{folder}/"))
    user = "user root;\n" if os.geteuid() == 0 else ""  # workers read the private folders of the rig
    (folder / "nginx.conf").write_text(user + AROUND.format(folder=folder, site=folder / "site.conf", workers=workers))
    return folder / "nginx.conf"


# Varnish


def varnish_text(origins):
    text = (HERE / "varnish.vcl").read_text()
    text = replaced(text, ('.port = "8000"', f'.port = "{origins[0]}"'), (".interval = 2s", ".interval = 0.5s"))
    for number, origin in enumerate(origins[1:], 2):
        name = f"machine{number}"
        backend = f'backend {name} {{ .host = "127.0.0.1"; .port = "{origin}"; }}'
        text = replaced(
            text, ("sub vcl_init {", f"{backend}\n\nsub vcl_init {{"),
            ("machines.add_backend(first);", f"machines.add_backend(first); machines.add_backend({name});"),
        )  # fmt: skip
    return text


def varnish(folder, port, text):
    return parts.Part(f"varnish-{port}", varnish_command(folder, port, text), port, folder, within=40)


def varnish_command(folder, port, text):
    file = Path(folder) / "site.vcl"
    file.write_text(text)
    return [
        parts.program("varnishd"), "-F", "-n", Path(folder) / "varnish", "-a", f"127.0.0.1:{port}", "-f", file,
        "-s", "malloc,64m", "-p", "http_gzip_support=off", *(["-j", "none"] if os.geteuid() == 0 else []),
    ]  # fmt: skip
