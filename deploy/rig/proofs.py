"""What two machines must show to be one newspaper. Each proof is a sentence, and a function that fails or does not."""

import io
import json
import signal
import sys
import time

from PIL import Image

from . import parts
from .http import call, cookies, sign_in, token, upload
from .newsroom import PASSWORD, PROGRAMS, Newsroom

PUBLISH = """
from articles.editorial import transitions
from articles.models import Article, Category
article = Article.objects.create(
    title={title!r}, lede="Sa-pô.", body="<p>Nội dung.</p>", category=Category.objects.get(slug="kinh-te"))
transitions.publish(article)
said = article.get_absolute_url()
"""
WITHDRAW = """
from articles.editorial import transitions
from articles.models import Article
article = Article.objects.get(title={title!r})
transitions.withdraw(article)
said = article.get_absolute_url()
"""
SHOW = """
from articles.models import Article, Photo
shown = Article.objects.published().newest().first()
Article.objects.filter(pk=shown.pk).update(photo=Photo.objects.latest("pk"))
said = shown.get_absolute_url()
"""
WITHIN = 3  # seconds; nginx alone keeps a page for one, and counts whole ones
PROOFS = []


class Failed(Exception):
    pass


def proof(sentence):
    def take(function):
        PROOFS.append((sentence, function))
        return function

    return take


def until(found, what, within=WITHIN):
    """Wait until found() is true; the seconds it took."""
    begin = time.monotonic()
    while not found():
        if time.monotonic() - begin > within:
            raise Failed(f"{what}: not within {within} s")
        time.sleep(0.01)
    return time.monotonic() - begin


def ways(rig):
    """Every door by which a reader comes."""
    return {"Varnish": rig.front, "nginx alone": rig.nginx, "A": rig.a.port, "B": rig.b.port}


def everywhere(rig, path, is_right):
    for name, port in ways(rig).items():
        until(lambda port=port: is_right(call(port, path)), f"{path} by way of {name}")


def must(condition, what):
    if not condition:
        raise Failed(what)


@proof("The second reader of a page is answered by Varnish")
def kept(rig):
    path = rig.a.tell(PUBLISH.format(title="Cam Cao Phong vào mùa"))
    call(rig.front, path)
    must(call(rig.front, path).headers["X-Cache-Front"] == "HIT", "no hit")


@proof("A publication on A is seen on B, through Varnish and through nginx")
def published(rig):
    for port in ways(rig).values():
        call(port, "/")
    path = rig.a.tell(PUBLISH.format(title="Khánh thành cầu Hòa Bình 3"))
    everywhere(rig, "/", lambda page: "Khánh thành cầu Hòa Bình 3" in page.text)
    everywhere(rig, path, lambda page: page.status == 200)


@proof("A withdrawal on B is seen on A, through Varnish and through nginx: 410, and gone from the front page")
def withdrawn(rig):
    path = rig.b.tell(WITHDRAW.format(title="Khánh thành cầu Hòa Bình 3"))
    everywhere(rig, path, lambda page: page.status == 410)
    everywhere(rig, "/", lambda page: "Khánh thành cầu Hòa Bình 3" not in page.text)


@proof("Who signs in on A is signed in on B, and signed out on both")
def signed_in(rig):
    cookie = sign_in(rig.a.port, "ada", PASSWORD)
    must(cookie, "the desk refused the password")
    page = call(rig.b.port, "/admin/", Cookie=cookie)
    must(page.status == 200, f"B answers {page.status} at the desk")
    call(rig.a.port, "/admin/logout/", "POST", f"csrfmiddlewaretoken={token(page)}", Cookie=cookie,
         Content_Type="application/x-www-form-urlencoded")  # fmt: skip
    must(call(rig.b.port, "/admin/", Cookie=cookie).status == 302, "still signed in on B")


@proof("The desk works through nginx and Varnish, and nothing of it is kept")
def desk(rig):
    cookie = sign_in(rig.front, "ada", PASSWORD)
    pages = [call(rig.front, "/admin/", Cookie=cookie) for _again in range(2)]
    must([page.status for page in pages] == [200, 200], "the desk does not answer")
    must(call(rig.front, "/admin/").status == 302, "a stranger sees the desk")
    own = [call(rig.front, "/", Cookie=cookie).headers["X-Cache-Front"] for _again in range(2)]
    must(own == ["MISS", "MISS"], "a page of who is signed in was kept")


@proof("A photo uploaded on A is served by B, from the object storage; its original is not")
def photo(rig):
    cookie = sign_in(rig.a.port, "ada", PASSWORD)
    picture = io.BytesIO()
    Image.new("RGB", (640, 427), "teal").save(picture, "JPEG")
    page = call(rig.a.port, "/admin/articles/photo/many/", Cookie=cookie)
    cookie = "; ".join({*cookie.split("; "), *cookies(page)})
    sent = upload(rig.a.port, "/admin/articles/photo/upload/", cookie, token(page), picture.getvalue())
    must(sent.status == 200, f"the upload was answered {sent.status}")
    address = json.loads(sent.body)["url"]
    must(call(rig.b.port, address).status == 404, "a picture that no story shows is handed out")
    rig.a.tell(SHOW)
    for port in (rig.b.port, rig.front, rig.nginx):
        answer = call(port, address)
        must((answer.status, answer.headers["Content-Type"]) == (200, "image/jpeg"), f"{address}: {answer.status}")
    objects = {name: rig.s3.client.list_objects_v2(Bucket=name)["Contents"] for name in ("media", "media-originals")}
    must(len(objects["media-originals"]) == 1, "no original was kept")
    must(call(rig.b.port, f"/media/{objects['media-originals'][0]['Key']}").status == 404, "the original is served")


@proof("Readers of pages that no cache has are answered by the replica")
def replica(rig):
    caught_up(rig)
    call(rig.b.port, "/kinh-te/?trang=1")
    call(rig.b.port, "/kinh-te/rss/")
    asked = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND query LIKE '%articles_%'"
    must(rig.replica.ask(asked) > 0, "the replica was asked nothing")


def caught_up(rig):
    place = rig.primary.ask("SELECT pg_current_wal_insert_lsn()")
    until(lambda: rig.replica.ask("SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn", place), "the replica", 10)


@proof("A publication is seen at once though the replica stands still")
def lag(rig):
    rig.replica.ask("SELECT pg_wal_replay_pause()")
    try:
        path = rig.a.tell(PUBLISH.format(title="Mưa lớn ở Mai Châu"))
        everywhere(rig, "/", lambda page: "Mưa lớn ở Mai Châu" in page.text)
        everywhere(rig, path, lambda page: page.status == 200)
    finally:
        rig.replica.ask("SELECT pg_wal_replay_resume()")


@proof("Without the replica the primary answers")
def without_replica(rig):
    rig.replica.stop()
    path = rig.a.tell(PUBLISH.format(title="Lúa chín ở Kim Bôi"))
    everywhere(rig, path, lambda page: page.status == 200)


@proof("Without machine A readers notice nothing, and B publishes")
def without_a(rig):
    rig.a.part.stop()
    for port in (rig.front, rig.nginx):
        for _again in range(6):
            must(call(port, "/tac-gia/khong-co/").status == 404, "a page that nobody has asked for")
    path = rig.b.tell(PUBLISH.format(title="Hội xuân Mường Bi"))
    until(lambda: "Hội xuân Mường Bi" in call(rig.front, "/").text, "the front page")
    must(call(rig.front, path).status == 200, "the article")


@proof("Without PostgreSQL, and without both machines, readers still get the pages that were read")
def without_all(rig):
    for port in (rig.front, rig.nginx):  # nginx may keep the page of before for the rest of its second
        until(lambda port=port: "Hội xuân Mường Bi" in call(port, "/").text, f"the front page, port {port}")
    rig.primary.stop()
    must("Hội xuân Mường Bi" in call(rig.front, "/").text, "without PostgreSQL")
    rig.b.part.stop()
    time.sleep(2)  # a page of nginx's is old by now
    for port in (rig.front, rig.nginx):
        must("Hội xuân Mường Bi" in call(port, "/").text, f"without machines, port {port}")


def main(words):
    if wanting := parts.missing(*PROGRAMS):
        print(f"Not installed: {', '.join(wanting)} (Debian's packages).")
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that all is cleared away
    begin = time.monotonic()
    with Newsroom() as rig:
        print(f"started   {time.monotonic() - begin:5.2f} s  PostgreSQL and replica, Redis, S3, A, B, Varnish, nginx")
        if "--stay" in words:
            return stay(rig)
        results = [show(rig, sentence, function) for sentence, function in PROOFS]
    print(f"ended     {time.monotonic() - begin:5.2f} s  {sum(results)} of {len(results)} proofs")
    return 0 if all(results) else 1


def show(rig, sentence, function):
    begin = time.monotonic()
    try:
        function(rig)
    except Exception as error:  # noqa: BLE001 (whatever it is, the next proof is tried)
        print(f"FAILED    {time.monotonic() - begin:5.2f} s  {sentence}: {error!r}", flush=True)
        return False
    print(f"proved    {time.monotonic() - begin:5.2f} s  {sentence}", flush=True)
    return True


def stay(rig):
    for name, port in ways(rig).items():
        print(f"          http://127.0.0.1:{port}/  {name}")
    print(f"          the desk: ada, {PASSWORD}", flush=True)
    try:
        signal.pause()
    except KeyboardInterrupt:
        print()
    return 0
