"""Which change of a row purges what. Receivers of signals, because rows are written by forms, versions, steps,
importers and the shell; each only collects tags for the purge after the commit (purging.py).

Nothing that only the desk sees purges anything. Of what hangs on an article that is in work this is known where the
article is at hand; else a purge of its tag is let be, which no page bears.
"""

from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save

from articles.editorial.moderation import moderated
from articles.models import (
    Article,
    Attachment,
    Author,
    Byline,
    Category,
    Comment,
    Correction,
    EnglishVersion,
    GalleryPhoto,
    LiveUpdate,
    Photo,
    PhotoUse,
    Placement,
    Redirect,
    RelatedLink,
    SiteSettings,
    State,
    StaticPage,
    Topic,
    Transition,
)
from articles.search.changes import indexed

from . import standings, tags
from .purging import purge

LISTED = ("title", "slug", "order", "is_public")  # of a StaticPage: what every footer says of it
NOT_SHOWN = {"search_text", "rights", "rights_until", "uploaded_by"}  # of a photo


# Articles


def note_article(sender, instance, raw=False, update_fields=None, **kwargs):
    """Before a save: what readers see until then."""
    is_told = instance.pk and not raw and instance.state == State.PUBLISHED
    fields = tags.READ if update_fields is None else _columns(update_fields) & tags.READ
    instance._pages_before = standings.stored(instance.pk, fields) if is_told and fields else None
    instance._pages_fields = fields


def article_saved(sender, instance, created=False, raw=False, **kwargs):
    before = instance.__dict__.pop("_pages_before", None)
    fields = instance.__dict__.pop("_pages_fields", ())
    if created and instance.state == State.PUBLISHED and not raw:
        _released(instance)
    elif instance.state == State.WITHDRAWN:
        purge(tags.part(instance.pk))
    elif before and before.state == State.PUBLISHED:
        changed = {name for name in fields if getattr(before, name) != getattr(instance, name)}
        if changed:
            _edited(instance, before, changed)


def _edited(article, before, changed):
    after = standings.of(article)
    stood = standings.of(
        article,
        category=before.category if "category_id" in changed else None,
        published_at=before.published_at if "published_at" in changed else None,
    )
    if article.is_public() or "published_at" in changed and before.is_public():
        purge(tags.edited(stood, after, changed))
    else:
        purge(tags.joined(tags.scheduled(stood), tags.scheduled(after)))


def article_moved(sender, instance, created=False, **kwargs):
    """A step of the desk (Transition): the state was changed in the row itself."""
    article = instance.article
    if not created or instance.from_state == instance.to_state:
        return
    if instance.to_state == State.PUBLISHED:
        _released(article)
    elif instance.to_state == State.WITHDRAWN:
        standing = standings.of(article)
        purge(
            tags.withdrawn(standing) if standing else tags.joined(tags.part(article.pk), {tags.PLAN: tags.Level.PLAIN})
        )


def article_deleted(sender, instance, **kwargs):
    standing = standings.of(instance) if instance.was_public() else None
    purge(tags.withdrawn(standing) if standing else {})


def _released(article):
    standing = standings.of(article)
    purge(tags.published(standing) if article.is_public() else tags.scheduled(standing))


def _columns(names):
    fields = {field.name: field.attname for field in Article._meta.concrete_fields}
    return {fields.get(name, name) for name in names}


# What hangs on an article


def part_changed(sender, instance, created=False, **kwargs):
    if _is_seen(instance):
        purge(tags.part(instance.article_id))


def report_changed(sender, instance, **kwargs):
    if _is_seen(instance):
        purge(tags.reported(instance.article_id))


def note_byline(sender, instance, **kwargs):
    """Before a save: whose list it stood in until then."""
    if instance.pk and _is_seen(instance):
        stored = Byline.objects.filter(pk=instance.pk).values_list("author", flat=True).first()
        purge(tags.signed(instance.article_id, stored) if stored != instance.author_id else {})


def byline_changed(sender, instance, **kwargs):
    if _is_seen(instance):
        purge(tags.signed(instance.article_id, instance.author_id))


def comment_changed(sender, instance, created=False, **kwargs):
    if not created or instance.state == Comment.State.SHOWN:
        purge(tags.part(instance.article_id))


def comments_moderated(sender, articles, **kwargs):
    purge(tags.joined(*map(tags.part, articles)))


def correction_changed(sender, instance, **kwargs):
    purge(tags.corrected(instance.article_id))


def english_changed(sender, instance, **kwargs):
    standing = standings.of(instance.article)
    purge(tags.translated(standing) if standing else {})


def topics_changed(sender, instance, action, pk_set, reverse, **kwargs):
    if action == "pre_clear":
        pk_set = set(
            instance.articles.values_list("pk", flat=True) if reverse else instance.topics.values_list("pk", flat=True)
        )
    if action not in {"post_add", "post_remove", "pre_clear"} or not pk_set:
        return
    if reverse:
        purge(tags.joined(*(tags.tied(pk, [instance.pk]) for pk in pk_set)))
    elif not instance.in_work:
        purge(tags.tied(instance.pk, pk_set))


def _is_seen(instance):
    article = instance._state.fields_cache.get("article")
    return article is None or not article.in_work


# The newspaper


def search_changed(sender, **kwargs):
    """The index is brought up to a change after its commit: what was searched between the two is old by now."""
    purge([tags.SEARCH])


def author_changed(sender, instance, created=False, **kwargs):
    purge(tags.author_changed(instance.pk, is_new=created))


def topic_changed(sender, instance, created=False, **kwargs):
    purge(tags.topic_changed(instance.pk, is_new=created))


def site_changed(sender, **kwargs):
    purge(tags.everything())


def note_page(sender, instance, **kwargs):
    stored = sender.objects.filter(pk=instance.pk).values_list(*LISTED).first() if instance.pk else None
    instance._pages_listed = stored != tuple(getattr(instance, name) for name in LISTED)


def page_changed(sender, instance, **kwargs):
    purge(tags.page_changed(instance.pk, is_listed=instance.__dict__.pop("_pages_listed", True)))


def placement_changed(sender, instance, **kwargs):
    purge(tags.placed(instance.section_id))


def redirect_changed(sender, instance, **kwargs):
    purge(tags.redirected(instance.article_id))


def photo_changed(sender, instance, created=False, update_fields=None, **kwargs):
    """Its words or its files; not on the way out, when no text shows it any more."""
    if created or (update_fields is not None and NOT_SHOWN.issuperset(update_fields)):
        return
    uses = PhotoUse.objects.filter(photo=instance)
    articles = set(Article.objects.filter(photo=instance).order_by().values_list("pk", flat=True)[: tags.MOST])
    articles.update(
        GalleryPhoto.objects.filter(photo=instance).order_by().values_list("article", flat=True)[: tags.MOST]
    )
    articles.update(uses.exclude(article=None).values_list("article", flat=True)[: tags.MOST])
    topics = Topic.objects.filter(photo=instance).values_list("pk", flat=True)
    pages = uses.filter(text=PhotoUse.Text.PAGE).values_list("key", flat=True)
    purge(tags.pictured(articles, topics, pages))


SAVED_OR_DELETED = {
    part_changed: (RelatedLink, GalleryPhoto, Attachment), report_changed: (LiveUpdate,), byline_changed: (Byline,),
    comment_changed: (Comment,), correction_changed: (Correction,), english_changed: (EnglishVersion,),
    author_changed: (Author,), topic_changed: (Topic,), site_changed: (Category, SiteSettings),
    page_changed: (StaticPage,), placement_changed: (Placement,), redirect_changed: (Redirect,),
}  # fmt: skip
BEFORE = {note_article: Article, note_byline: Byline, note_page: StaticPage}


def connect():
    for receiver, senders in SAVED_OR_DELETED.items():
        for sender in senders:
            post_save.connect(receiver, sender=sender)
            post_delete.connect(receiver, sender=sender)
    for receiver, sender in BEFORE.items():
        pre_save.connect(receiver, sender=sender)
    post_save.connect(article_saved, sender=Article)
    post_save.connect(article_moved, sender=Transition)
    post_save.connect(photo_changed, sender=Photo)
    pre_delete.connect(article_deleted, sender=Article)
    m2m_changed.connect(topics_changed, sender=Article.topics.through)
    moderated.connect(comments_moderated)
    indexed.connect(search_changed)
