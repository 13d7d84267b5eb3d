"""The site's contents page: the desk, the media, and all that readers and machines read."""

from django.contrib import admin
from django.urls import include, path

from articles.views import errors

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("articles.urls")),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
