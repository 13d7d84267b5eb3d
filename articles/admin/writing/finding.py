"""What the editor's dialogs ask while somebody writes: articles to link to, pictures of the library, players.

All of them answer JSON, and nothing that the person may not see.
"""

from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from articles import players
from articles.admin.search import is_pk
from articles.editorial import likeness, permissions
from articles.models import Photo
from articles.models.article import LEDE_LENGTH, TITLE_LENGTH

LONGEST_QUERY = 200
PICTURES = 48


def urls(model_admin):
    guard = model_admin.admin_site.admin_view
    return [
        path("titled/", guard(titled), name="articles_article_titled"),
        path("alike/", guard(alike), name="articles_article_alike"),
        path("pictures/", guard(pictures), name="articles_article_pictures"),
        path("player/", guard(player), name="articles_article_player"),
    ]


@require_GET
def titled(request):
    """Articles by the words of their title, with or without diacritics."""
    _may_write(request)
    return _articles(likeness.titled(request.user, request.GET.get("q", "")[:LONGEST_QUERY]))


@require_POST
def alike(request):
    """Published stories like the one in the form, saved or not."""
    _may_write(request)
    typed = request.POST
    own = typed.get("article", "")
    article = get_object_or_404(permissions.visible_to(request.user), pk=own) if is_pk(own) else None
    document = {
        "title": typed.get("title", "")[:TITLE_LENGTH],
        "lede": typed.get("lede", "")[:LEDE_LENGTH],
        "category": int(typed["category"]) if is_pk(typed.get("category", "")) else None,
        "links": [{"target": int(pk)} for pk in typed.getlist("linked")[:LONGEST_QUERY] if is_pk(pk)],
    }
    return _articles(likeness.suggest(document, article))


@require_GET
def pictures(request):
    """Photos of the library by the words of caption, credit and description; without words the newest."""
    if not request.user.has_perm("articles.view_photo"):
        raise PermissionDenied
    found = Photo.objects.search(request.GET.get("q", "")[:LONGEST_QUERY]).exclude(master="")
    return JsonResponse({"found": [_picture(photo) for photo in found.defer("search_text")[:PICTURES]]})


@require_GET
def player(request):
    """The canonical address of a video or an audio, or why it is none."""
    known = players.parse(request.GET.get("address", "")[:LONGEST_QUERY])
    if not known:
        said = _("This is no video or audio of YouTube, Vimeo, SoundCloud or Spotify.")
        return JsonResponse({"error": said}, status=400)
    return JsonResponse({"address": known.address, "provider": known.provider})


def _may_write(request):
    if not (request.user.has_perm("articles.add_article") or request.user.has_perm("articles.change_article")):
        raise PermissionDenied


def _articles(found):
    return JsonResponse({"found": [_article(article) for article in found]})


def _article(article):
    moment = article.published_at and timezone.localtime(article.published_at)
    state = "" if article.is_public() else article.get_state_display()
    facts = [str(article.category or ""), date_format(moment, "SHORT_DATE_FORMAT") if moment else "", state]
    return {
        "id": article.pk,
        "title": str(article),
        "url": article.get_absolute_url() if article.category else "",
        "facts": " · ".join(filter(None, facts)),
    }


def _picture(photo):
    credit = _("Photo: %(credit)s") % {"credit": photo.credit} if photo.credit else ""
    return {
        "url": photo.address,
        "thumbnail": photo.thumbnail,
        "name": str(photo),
        "alt": photo.alt or photo.caption,
        "caption": " ".join(filter(None, [photo.caption, credit])),
        "width": photo.width,
        "height": photo.height,
    }
