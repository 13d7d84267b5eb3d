"""Old addresses: where a path that this site no longer has leads to. Asked only when nothing else answers.

Design notes
- `key` is the one form in which a path is stored and asked for: decoded, lower case, no query, no slash at the end.
- On the old site the article's number decided and nothing else: section and words were ignored, and its own slugs were
  damaged ("ec111nomic"). So `/11/158663/Doi-moi.htm` is kept as `/*/158663/*.htm`, and found under any of its names.
- No chains and no loops: `move` makes what led to the old address lead to the new one, and an address that is itself
  an old one is never answered with.
"""

import re
from urllib.parse import unquote, urlsplit

from django.db import models, transaction
from django.db.models import Exists, Func, OuterRef, Q, Value
from django.db.models.functions import Lower
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from articles import vietnamese
from articles.fields import LineField

from .article import Article, article_url

LENGTH = 300
_NUMBERED = re.compile(r"(?P<edition>/en)?/[0-9]{1,9}/(?P<number>[0-9]{1,18})/[^/]*\.html?")
_BELOW = re.compile(r"/(?:rss|atom|feed\.json|ngay(?:/[0-9]+){1,3}(?:/(?:rss|atom|feed\.json))?)")


def key(path):
    """How a path is stored and asked for, or '' for one that cannot be: too long, or nothing but a slash."""
    path = "/" + vietnamese.clean_line(path).lower().strip("/")
    if match := _NUMBERED.fullmatch(path):
        path = f"{match['edition'] or ''}/*/{int(match['number'])}/*.htm"
    return path if 1 < len(path) <= LENGTH else ""


def key_of_url(url):
    """The key of another site's address. '' where its query says which page it was: that is not looked at."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    found = key(unquote(parts.path))
    return found if not parts.query or "*" in found else ""


class RedirectQuerySet(models.QuerySet):
    def leading(self, path):
        """(the Redirect that answers for a path, what of the path stands below it), or (None, ''). One query.

        The feeds and the days of a section, an author or a topic move with its page.
        """
        asked = key(path)
        if not asked:
            return None, ""
        whole = [asked[:place] for place, char in enumerate(asked) if char == "/" and place]
        above = {start: asked[len(start) :] for start in whole if _BELOW.fullmatch(asked[len(start) :])}
        target = Lower(Func(OuterRef("target"), Value("/"), function="RTRIM", output_field=models.CharField()))
        onward = Redirect.objects.filter(path=target)
        found = self.filter(path__in=[asked, *above]).select_related("article__category")
        found = found.defer("article__body")
        found = {row.path: row for row in found.exclude(Exists(onward))}
        if asked in found:
            return found[asked], ""
        nearest = max((start for start in above if start in found), key=len, default=None)
        return (found[nearest], above[nearest]) if nearest else (None, "")

    def move(self, old, new):
        """Readers of the path `old` shall find `new`. Run twice, it changes nothing the second time."""
        if not key(old) or key(old) == key(new):
            return
        with transaction.atomic():
            self.filter(path=key(new)).delete()  # something lives there again
            self.filter(target=old).update(target=new)
            self.update_or_create(path=key(old), defaults={"target": new, "article": None})

    def keep_imported(self, url, article):
        """The address from which an article was imported leads to it, unless the desk or another page has it."""
        if found := key_of_url(url):
            self.get_or_create(path=found, defaults={"article": article})


class Redirect(models.Model):
    """`path` in the form of `key`; to an article, or to a path of this site."""

    path = LineField(_("old address"), max_length=LENGTH, unique=True)
    article = models.ForeignKey(
        Article, models.CASCADE, null=True, blank=True, related_name="old_addresses", verbose_name=_("article")
    )
    target = LineField(_("new address"), max_length=LENGTH, blank=True)

    objects = RedirectQuerySet.as_manager()

    class Meta:
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")
        ordering = ["path"]
        constraints = [
            models.CheckConstraint(
                condition=Q(article__isnull=False) | ~Q(target=""),
                name="redirect_leads_somewhere",
                violation_error_message=_("Choose an article, or write the new address."),
            ),
        ]

    def __str__(self):
        return self.path

    def save(self, **kwargs):
        self.path = key(self.path) or self.path
        super().save(**kwargs)

    def leads_to(self, rest=""):
        """The path readers are sent to, or '' where it is none of this site, or the article is nothing for them.

        A withdrawn article answers for itself that it is gone.
        """
        if self.article:
            if rest:
                return ""
            if not (self.article.category and self.article.was_public()):
                return ""
            if self.article.is_public():
                return self.article.get_absolute_url()
            return article_url(self.article.category.slug, "", "", self.article.pk)  # without the words of its title
        is_ours = self.target.startswith("/") and url_has_allowed_host_and_scheme(self.target, allowed_hosts=None)
        if not is_ours or key(self.target) == self.path:
            return ""
        return f"{self.target.rstrip('/')}{rest}{'' if rest.endswith('.json') else '/'}" if rest else self.target
