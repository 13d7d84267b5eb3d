"""A story as its page will be, before readers see it: for the desk, and for an outsider who was given a link.

What is shown is a document (editorial/documents.py): the newest version, an earlier one, or a form that is not saved.
Nothing of this is ever kept by a cache, found by a search engine or passed on as a referrer.
"""

from django.db.models import prefetch_related_objects
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles import vietnamese
from articles.editorial import documents, permissions, proofs, revisions, sharing
from articles.models import Article, Revision, Teaser, Topic
from articles.models.link import OTHER_NEWS
from articles.models.parts import Parts, load_parts

from . import shared_cookie
from .article import WHOLE, show

PRIVATE = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"}
ROWS_SHOWN = {"bylines": "author", "gallery": "photo", "attachments": None, "live_updates": None}  # and what they need


@require_safe
def preview(request, pk):
    """For who may see the article: `?ban=` the form as it stands in a tab, `?phien-ban=` an earlier version.

    Who sees it only because it is public sees what is public.
    """
    found = get_object_or_404(WHOLE, pk=pk)
    if not request.user.is_authenticated or not permissions.can_see(request.user, found):
        raise Http404(pk)
    if "ban" in request.GET:
        return _at_desk(_show(request, found, _proof(request, found), {"proof": True}))
    sees_versions = permissions.can_see_versions(request.user, found)
    if "phien-ban" in request.GET:
        if not sees_versions:
            raise Http404(pk)
        revision = _revision(found, request.GET["phien-ban"])
        return _at_desk(_show(request, found, revision.document, {"revision": revision}))
    if found.working_id and sees_versions:
        return _at_desk(_show(request, found, revisions.current(found), {}))
    return _at_desk(show(request, found, load_parts(found), context={"preview": True}))


@require_safe
def unsaved(request):
    """A new article that was never saved, from the form in the writer's own tab."""
    if not request.user.is_authenticated or not request.user.has_perm("articles.add_article"):
        raise Http404
    article = Article(pk=0)  # which belongs to none: what hangs on it is asked for and not found
    article.moderated_at = None
    return _at_desk(_show(request, article, _proof(request, None), {"proof": True}))


@require_safe
def shared(request, secret):
    """One version for who has the link. A wrong, an expired and a revoked one get the same answer."""
    link = sharing.find(secret)
    if not link:
        raise Http404
    found = get_object_or_404(WHOLE, pk=link.article_id)
    response = _show(request, found, link.revision.document, {"shared": link})
    if request.method == "GET":
        sharing.note_opened(link)
    shared_cookie.give(response, link)
    return _private(response)


def _proof(request, article):
    document = proofs.find(request.user, request.GET.get("ban", ""), article)
    if document is None:
        raise Http404
    return document


def _revision(article, number):
    if not (number.isascii() and number.isdecimal() and len(number) < len("2147483648")):
        raise Http404(number)
    return get_object_or_404(Revision, article=article, number=int(number))


def _show(request, article, document, context):
    article = documents.lay_out(article, document)
    other = _other_news(article, document)
    return show(request, article, _parts(article, document), other=other, context={"preview": True, **context})


def _parts(article, document):
    """The Parts of the article, those that belong to its document as the document has them."""
    parts = load_parts(article) if article.pk else Parts()
    for kind, needs in ROWS_SHOWN.items():
        if kind in document:
            rows = documents.instances(article, document, kind)
            if needs:
                prefetch_related_objects(rows, needs)
            setattr(parts, kind, rows)
    parts.gallery = [place for place in parts.gallery if place.photo and place.photo.master]
    parts.live_updates = sorted(parts.live_updates, key=_posted, reverse=True)
    if "topics" in document:
        topics = Topic.objects.filter(pk__in=document["topics"])
        parts.topics = sorted(topics, key=lambda topic: vietnamese.sort_key(topic.name))
    return parts


def _posted(update):
    update.posted_at = update.posted_at or timezone.now()
    return update.posted_at


def _other_news(article, document):
    """As readers will have it (models/link.py), with the links of the document."""
    links = documents.instances(article, document, "links")
    public = Article.objects.published().exclude(pk=article.pk).for_cards()
    targets = public.in_bulk([link.target_id for link in links if link.target_id])
    found = {}
    for link in links:
        target = targets.get(link.target_id)
        if target or (link.url and not link.target_id):
            title, lede = link.title or str(target), link.teaser or (target.lede if target else "")
            url = target.get_absolute_url() if target else link.url
            found.setdefault(url, Teaser(title, lede, url))
    for other in public.newest_of(article.category)[:OTHER_NEWS] if article.category else ():
        url = other.get_absolute_url()
        found.setdefault(url, Teaser(other.title, other.lede, url))
    return list(found.values())[:OTHER_NEWS]


def _at_desk(response):
    response["X-Frame-Options"] = "SAMEORIGIN"  # the desk shows it at the width of a phone
    return _private(response)


def _private(response):
    for name, value in PRIVATE.items():
        response[name] = value
    del response["Cache-Tag"]
    return response
