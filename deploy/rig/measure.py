"""nginx and Varnish before the newsroom, beside nginx and the same page as a file: `python -m deploy.rig.measure`.

One run, by turns, medians. Two figures: requests a second, which depend on what else the machine does, and processor
time a request of the server alone, which hardly does. wrk from Debian; one worker, connections that stay open.
"""

import re
import statistics
import sys
from pathlib import Path

from . import machine, parts, servers
from .http import call

ROUNDS, SECONDS, CONNECTIONS = 7, 2, 16
ENCODING = {"Accept_Encoding": "gzip"}
STATIC = """
server {{
    listen 127.0.0.1:{port};
    tcp_nopush {nopush};
    gzip off;
    gzip_static on;
    etag on;
    keepalive_requests 10000;
    root {folder};
}}
"""
ARCHIVE = """
from articles.editorial import transitions
from articles.models import Article, Category
section = Category.objects.create(name="Kinh tế", slug="kinh-te")
words = "<p>Đoạn {0}: huyện Tân Lạc trồng thêm {0} ha bưởi đỏ, giá bán {1} nghìn đồng.</p>"
body = "".join(words.format(n, n * 7) for n in range(60))
for number in range(40):
    article = Article.objects.create(title=f"Tin số {number}", lede="Sa-pô của tin.", body=body, category=section)
    transitions.publish(article)
said = article.get_absolute_url()
"""
TICK = 100  # of Linux, a second


def processor_time(pid):
    """Seconds that a process and its children that live have used."""
    total = 0.0
    for each in [pid, *_children(pid)]:
        fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        total += (int(fields[11]) + int(fields[12])) / TICK
    return total


def _children(pid):
    found = [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return [*found, *(below for child in found for below in _children(child))]


class Contender:
    def __init__(self, name, part, path):
        self.name, self.part, self.path = name, part, path
        self.rates, self.costs = [], []

    def run(self):
        before = processor_time(self.part.process.pid)
        said = parts.run([
            parts.program("wrk"), "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-H", "Host: baomau.vn",
            "-H", "Accept-Encoding: gzip", f"http://127.0.0.1:{self.part.port}{self.path}",
        ])  # fmt: skip
        if "Non-2xx" in said or "Socket errors" in said:
            raise parts.NotStarted(f"{self.name}: {said}")
        requests = int(re.search(r"(\d+) requests in", said)[1])
        self.costs.append((processor_time(self.part.process.pid) - before) / requests * 1e6)
        self.rates.append(float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1]))


def page_of(folder):
    """A web machine with an archive, and the path of a page of it."""
    web = machine.Machine(folder / "web", parts.free_port(), CACHE_IN_FRONT="varnish", PURGE_URLS="")
    web.manage("migrate", "-v", "0")
    web.serve()
    return web, web.tell(ARCHIVE)


def contenders(folder, start):
    web, path = page_of(folder)
    start(lambda: web)
    page = call(web.port, path, **ENCODING)
    files = folder / "files"
    files.mkdir()
    (files / "page.html").write_bytes(call(web.port, path).body)
    (files / "page.html.gz").write_bytes(page.body)
    print(f"page: {path}, {len(page.body)} bytes as gzip, {files.joinpath('page.html').stat().st_size} plain")

    def nginx(name, text, port):
        (folder / name).mkdir()
        return start(lambda: servers.nginx(folder / name, port, text))

    ports = [parts.free_port() for _each in range(4)]
    static = [
        Contender(f"nginx, file, tcp_nopush {nopush}", nginx(
            f"file-{nopush}", STATIC.format(port=port, nopush=nopush, folder=files), port), "/page.html")
        for nopush, port in zip(("off", "on"), ports, strict=False)
    ]  # fmt: skip
    (folder / "varnish").mkdir()
    varnish = start(lambda: servers.varnish(folder / "varnish", ports[3], servers.varnish_text([web.port])))
    kept = nginx("kept", servers.nginx_text([web.port], ports[2], folder / "var", folder / "cache"), ports[2])
    return [*static, Contender("nginx, proxy_cache", kept, path), Contender("Varnish", varnish, path)]


def main():
    if wanting := parts.missing("nginx", "varnishd", "wrk"):
        print(f"Not installed: {', '.join(wanting)}.")
        return 2
    started = []

    def start(make):
        started.append(make())
        return started[-1]

    with parts.folder() as folder:
        try:
            runners = contenders(folder, start)
            for each in runners * 2:
                call(each.part.port, each.path, **ENCODING)
            for _round in range(ROUNDS):
                for each in runners:
                    each.run()
        finally:
            for part in reversed(started):
                part.stop()
    report(runners)
    return 0


def report(runners):
    best_rate = max(statistics.median(each.rates) for each in runners[:2])
    best_cost = min(statistics.median(each.costs) for each in runners[:2])
    print(f"{'':26}  requests/s  (min … max)          ratio   µs CPU a request   ratio")
    for each in runners:
        rate, cost = statistics.median(each.rates), statistics.median(each.costs)
        span = f"({min(each.rates):.0f} … {max(each.rates):.0f})"
        print(
            f"{each.name:26}  {rate:10.0f}  {span:20} {rate / best_rate:5.2f}   {cost:16.1f}   {best_cost / cost:5.2f}"
        )


if __name__ == "__main__":
    sys.exit(main())
