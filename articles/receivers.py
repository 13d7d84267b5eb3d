"""All signal receivers. Each is idempotent: run twice, it changes nothing the second time. The trail alone is told of
every time."""

from functools import partial

from django.db import connections, transaction
from django.dispatch import receiver

from . import outbox, pagecache, receipts, triggers
from .editorial import photos, roles, trail
from .identity import names, sessions
from .models import Category, Redirect, RelatedLink
from .models.category import moved
from .pagecache import tags
from .search import changes
from .search.index import engine

MOVING = 600  # seconds in which the articles of a section have followed it


def tie_waiting_links(sender, instance, raw=False, **kwargs):
    """An article arrived, or a link to one was written: tie what waits. By signal, because both come by many doors."""
    if instance.title_key and not raw:
        transaction.on_commit(partial(_tie, instance.title_key), robust=True)


def _tie(title_key):
    links = RelatedLink.objects.filter(title_key=title_key)
    waiting = set(links.waiting().values_list("article", flat=True))
    if waiting and links.resolve_waiting():
        pagecache.purge(tags.joined(*map(tags.part, waiting)))


def owe_receipt(sender, instance, created, raw=False, **kwargs):
    """A step was logged. By signal, because the desk, the shell and importers all take them."""
    if created and not raw:
        receipts.owe_for(instance)


def wait_briefly_for_locks(sender, using, **kwargs):
    """A migration that waits for a lock makes everybody wait who comes after it: it gives up, and is started again."""
    _set_lock_timeout(using, "'3s'")


def wait_as_before(sender, using, **kwargs):
    _set_lock_timeout(using, "DEFAULT")


def _set_lock_timeout(using, value):
    if connections[using].vendor == "postgresql":
        with connections[using].cursor() as cursor:
            cursor.execute(f"SET lock_timeout = {value}")


def create_roles(sender, **kwargs):
    roles.create_missing(kwargs["using"])


def install_triggers(sender, **kwargs):
    triggers.install(connections[kwargs["using"]])


def install_search(sender, **kwargs):
    engine().install()


def index_changed(sender, instance, raw=False, **kwargs):
    """An article was written or deleted, or what is searched with it: pen names, pictures, captions, live reports."""
    if not raw:
        changes.owe(changes.of(instance))


def unindex(sender, instance, **kwargs):
    """An article is deleted, and its entry with it: its tokens go while it is known which they were."""
    engine().remove([instance])


def index_photo(sender, instance, created=False, raw=False, **kwargs):
    """The words of a picture were written: every article that shows it is found by them."""
    if not raw and not created:
        changes.owe(changes.of(instance))


def index_tied(sender, instance, action, reverse, pk_set, **kwargs):
    """Topics were tied to an article, or articles to a topic."""
    if action in {"post_add", "post_remove"}:
        changes.owe(pk_set if reverse else [instance.pk])
    elif action == "pre_clear":
        changes.owe(instance.articles.values_list("pk", flat=True) if reverse else [instance.pk])


@receiver(moved)
def owe_moving(sender, instance, **kwargs):
    """A section moved. Owed, because its articles follow after the commit: a killed process would leave some behind."""
    outbox.owe("section-moved", str(instance.pk))


@outbox.handles("section-moved", is_slow=True, lease=MOVING)
def _move_articles(key, payload):
    """The pages that were made while they moved show some of them in the old place and some in the new one."""
    for section in Category.objects.filter(pk=key):
        section.take_along()
        pagecache.purge([tags.SITE])


def note_address(sender, instance, raw=False, **kwargs):
    """Before a section, an author, a topic or a page is saved: where readers find it until then."""
    instance._old_address = None
    if instance.pk and not raw and (stored := sender.objects.filter(pk=instance.pk).only("slug").first()):
        instance._old_address = stored.get_absolute_url()


def redirect_address(sender, instance, raw=False, **kwargs):
    """Its slug changed: bookmarks and other people's links lead to the new address. Articles need none, by their id."""
    if not raw and (old := getattr(instance, "_old_address", None)) and old != instance.get_absolute_url():
        Redirect.objects.move(old, instance.get_absolute_url())


def redirect_imported(sender, instance, raw=False, **kwargs):
    """An imported page: its address on the old site leads to the article."""
    if instance.article_id and instance.url and not raw:
        Redirect.objects.keep_imported(instance.url, instance.article)


def follow_photos(sender, instance, raw=False, update_fields=None, **kwargs):
    """A text is about to be written: its pictures are those that their photos have now."""
    if not raw and (update_fields is None or "body" in update_fields):
        photos.follow(instance)


def note_photos(sender, instance, raw=False, update_fields=None, **kwargs):
    """A text was written: which photos it shows. By signal, because texts come from forms, versions and importers."""
    if not raw and (update_fields is None or "body" in update_fields):
        photos.refresh(instance)


def forget_photos(sender, instance, **kwargs):
    photos.forget(instance)


def note_sign_in(sender, request, user, **kwargs):
    browser = sessions.begin(request, user)
    trail.record(user, "sign_in", changes={"browser": [None, browser]})


def note_failed_sign_in(sender, credentials, **kwargs):
    """The name as it was typed, never the password; who errs in the box types a password there, so it is cut."""
    trail.record(None, "sign_in", person=str(credentials.get("username", ""))[:30], outcome=trail.FAILED)


def note_sign_out(sender, user, **kwargs):
    if user is not None:
        trail.record(user, "sign_out")


def check_name(sender, instance, raw=False, **kwargs):
    """A new account, by whichever door: the shell's asks no form."""
    if instance._state.adding and not raw:
        names.check(instance.get_username())


def end_sessions(sender, instance, raw=False, **kwargs):
    """An account was switched off: switched on again, it has no session of before."""
    if not instance.is_active and not raw:
        sessions.end_all(instance)
