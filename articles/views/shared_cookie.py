"""The cookie by which an outsider who opened a shared version gets its pictures too, before readers may have them.

It goes to the media only, says which link was opened, and opens nothing by itself: whether that link is still good is
asked each time. The secret of the link is not in it, so none comes into the log of the pictures.
"""

from django.conf import settings

from articles.models import SharedVersion

NAME, SALT = "xem-ban-", "articles.views.shared_cookie"
MOST = 5  # links of one reader that are looked at


def give(response, link):
    response.set_signed_cookie(
        f"{NAME}{link.pk}", "", SALT, expires=link.expires_at, path=settings.MEDIA_URL, httponly=True,
        secure=settings.HTTPS, samesite="Strict",
    )  # fmt: skip


def links(request):
    """The open SharedVersions whose pages this browser was shown."""
    named = [name for name in request.COOKIES if name.startswith(NAME)][-MOST:]
    good = [name for name in named if request.get_signed_cookie(name, None, SALT) is not None]
    keys = [int(name.removeprefix(NAME)) for name in good]
    found = SharedVersion.objects.select_related("revision").filter(pk__in=keys) if keys else []
    return [link for link in found if link.is_open()]
