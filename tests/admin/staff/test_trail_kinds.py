"""S57: each kind of thing that the trail must tell of, done as people do it, and what its entry says; one table."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from articles.editorial import transitions
from articles.models import Article, TrailEntry
from tests import base, factories
from tests.admin.forms import LIST_URL, change_url, send

pytestmark = pytest.mark.django_db
ADDRESS = "203.0.113.77"
SECRET, PASSWORD, WRONG = "nguontinmat4471", "hoa sua thom nong ngay", "mat khau go nham"  # noqa: S105
STEP = LIST_URL + "{}/step/{}/"


class World:
    """The people at their browsers, and one article in each state that a line of the table needs."""

    def __init__(self):
        self.article = factories.complete(title="Giá cà phê", created_by=base.person("rita"), **_texts())
        self.live = factories.published(title="Đã đăng")
        self.approved = factories.complete(title="Chờ đăng")
        self.later = factories.complete(title="Hẹn giờ")
        self.bare = factories.draft(title="Thiếu ảnh", lede="")
        self.ron = base.person("ron")
        Article.objects.filter(pk__in=[self.approved.pk, self.later.pk]).update(state="approved")

    def client(self, name):
        client = Client(REMOTE_ADDR=ADDRESS)
        if name:
            client.force_login(base.person(name))
        return client


def _texts():
    return {"lede": f"Sa-pô {SECRET}", "body": f"<p>{SECRET}</p>"}


def sign_in(world, password=base.PASSWORD):
    world.client(None).post("/admin/login/", {"username": "rita", "password": password})


def publish(world):
    world.client("chris").post(STEP.format(world.approved.pk, "publish"), {"note": ""})


def schedule(world):
    day = timezone.localtime() + timezone.timedelta(days=2)
    Article.objects.filter(pk=world.later.pk).update(published_at=day)
    world.client("chris").post(STEP.format(world.later.pk, "publish"), {"note": ""})


def trash(world):
    world.client("ed").post(f"{LIST_URL}{world.article.pk}/delete/", {"post": "yes"})


def recover(world):
    world.client("ed").post(f"{LIST_URL}thung-rac/{world.article.pk}/khoi-phuc/")


def give_role(world):
    group = Group.objects.get(name="editor")
    send(world.client("ada"), f"/admin/auth/user/{world.ron.pk}/change/", groups=[str(group.pk)])


def add_person(world):
    sent = {"username": "moi", "last_name": "Lê", "first_name": "Mới", "email": ""}
    world.client("ada").post("/admin/auth/user/add/", {**sent, "password1": PASSWORD, "password2": PASSWORD})


def set_password(world):
    sent = {"password1": PASSWORD, "password2": PASSWORD, "usable_password": "true"}
    world.client("ada").post(f"/admin/auth/user/{world.ron.pk}/password/", sent)


def settings_changed(world):
    client = world.client("chris")
    client.get("/admin/articles/sitesettings/")
    send(client, "/admin/articles/sitesettings/1/change/", licence="Số 12/GP-BTTTT")


def imported(world, tmp_path):
    news = f"(ĐC) - {SECRET}: sáng 13/9, bà con hai bản cùng đi trên cây cầu mới qua suối.\n\nCầu dài bốn mươi mét."
    (tmp_path / "cu.txt").write_text(news)
    call_command("import_archive", str(tmp_path / "cu.txt"))


def save_draft(world):
    send(world.client("rita"), change_url(world.article), body=f"<p>{SECRET} hai</p>")


# (what is done, action, outcome, who, kind of object)
TABLE = [
    (sign_in, "sign_in", "done", "rita", ""),
    (lambda w: sign_in(w, WRONG), "sign_in", "failed", "rita", ""),
    (lambda w: w.client("rita").post("/admin/logout/"), "sign_out", "done", "rita", ""),
    (give_role, "change", "done", "ada", "user"),
    (add_person, "add", "done", "ada", "user"),
    (set_password, "password", "done", "ada", "user"),
    (save_draft, "save", "done", "rita", "article"),
    (publish, "publish", "done", "chris", "article"),
    (schedule, "schedule", "done", "chris", "article"),
    (
        lambda w: w.client("chris").post(STEP.format(w.live.pk, "withdraw"), {"note": "Số 3"}),
        *("withdraw", "done", "chris", "article"),
    ),
    (trash, "trash", "done", "ed", "article"),
    (recover, "recover", "done", "ed", "article"),
    (lambda w: w.client("ed").get(f"{LIST_URL}xuat/csv/"), "export", "done", "ed", ""),
    (imported, "import", "done", "shell", ""),
    (settings_changed, "change", "done", "chris", "sitesettings"),
    (
        lambda w: w.client("chris").post("/admin/articles/checklevel/", {"all-byline": "block"}),
        *("settings", "done", "chris", ""),
    ),
    (lambda w: w.client("rita").get("/admin/auth/user/"), "attempt", "refused", "rita", "user"),
    (lambda w: w.client("rita").post(change_url(w.live), {"title": "x"}), "attempt", "refused", "rita", "article"),
    (lambda w: send(w.client("chris"), change_url(w.bare), press="_publish"), "publish", "failed", "chris", "article"),
]


def test_each_kind_leaves_its_entry_with_who_what_whence_and_no_secret(tmp_path):
    world = World()
    for act, action, outcome, who, kind in TABLE:
        number = TrailEntry.objects.count()
        act(world, tmp_path) if act is imported else act(world)
        found = TrailEntry.objects.order_by("-pk")[: TrailEntry.objects.count() - number]
        said = [(e.action, e.outcome, e.person.partition(":")[0], e.kind) for e in found]
        assert (action, outcome, who, kind) in said, (action, said)
        entry = found[said.index((action, outcome, who, kind))]
        assert abs(timezone.now() - entry.at).total_seconds() < 60
        known = outcome != "failed" or action != "sign_in"
        expected = "" if who == "shell" else ADDRESS if known else "203.0.113.0/24"
        assert entry.address == expected, (action, entry.address)
    everything = " ".join(map(str, TrailEntry.objects.values_list("words", "label", "changes", "person", "address")))
    for word in (SECRET, PASSWORD, WRONG, base.PASSWORD, "csrf", "sessionid"):
        assert word not in everything


def test_the_entries_outlive_their_object_and_their_person():
    person, article = base.person("ed"), factories.draft(title="Bài bỏ")
    transitions.trash(article, person)
    article.delete()
    person.delete()
    assert not get_user_model().objects.filter(username="ed").exists()
    entry = TrailEntry.objects.get(action="trash")
    assert (entry.person, entry.label, entry.kind) == ("ed", "Bài bỏ", "article")
