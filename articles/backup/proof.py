"""A restored newspaper is opened as a reader opens it."""

import html
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.storage import default_storage
from django.test import Client
from django.utils.translation import gettext as _

from articles import search
from articles.models import Article
from articles.search.finding import Asked

from .bundle import Problem


def open_articles(number):
    """Open the newest articles and as many others, their photos too, and search for one. Raises Problem."""
    published = Article.objects.published().order_by()
    newest = list(published.newest().values_list("pk", flat=True)[: number - number // 2])
    others = list(published.exclude(pk__in=newest).order_by("?").values_list("pk", flat=True)[: number // 2])
    client = Client(raise_request_exception=False, SERVER_NAME=urlsplit(settings.SITE_URL).hostname)
    found = list(Article.objects.filter(pk__in=[*newest, *others]).select_related("category", "photo"))
    wrong = [line for article in found if (line := _opened(client, article))]
    if wrong:
        raise Problem("\n".join(wrong[:20]))
    yield _("%(number)d articles opened.") % {"number": len(found)}
    if newest:
        article = next(one for one in found if one.pk == newest[0])
        hits = search.find(Asked(text=article.title)).hits
        if article.pk not in {hit.article for hit in hits}:
            raise Problem(_("The search does not find “%(title)s”.") % {"title": article.title})
        yield _("The search finds the newest one.")


def _opened(client, article):
    """What is wrong with the page of an article, or None."""
    address = article.get_absolute_url()
    answer = client.get(address, secure=settings.HTTPS)
    if answer.status_code != 200:
        return _("%(address)s answers %(status)d.") % {"address": address, "status": answer.status_code}
    if article.title not in html.unescape(answer.content.decode()):
        return _("%(address)s does not show its title.") % {"address": address}
    if article.photo and not default_storage.exists(article.photo.master):
        return _("%(address)s has a photo whose file is missing.") % {"address": address}
    return None
