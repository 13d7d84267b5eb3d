"""Photos: the list as a grid, the form of one photo, and the doors by which pictures come in and are chosen."""

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST

from articles.admin.lists.paging import CappedPaginator
from articles.admin.search import CleanLookupsMixin
from articles.admin.trail import TrailMixin
from articles.editorial import permissions, photos
from articles.editorial.roles import name_of
from articles.models import Article, GalleryPhoto, Photo, PhotoUse

from . import picker, upload
from .credit import credit
from .filters import AddedFilter, CreditFilter, OwnFilter, RightsFilter, UseFilter
from .form import DayInput, PhotoForm, TakenInput
from .paging import SIZE, Library

BLANK = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
WORDS = ["caption", "credit", "alt", ("is_illustration", "made_by_ai")]
RIGHTS = ["taken_at", "rights", "rights_until"]
CUT = [("focus_x", "focus_y"), "cutter", ("cut_left", "cut_top", "cut_width"), "crops"]


@admin.register(Photo)
class PhotoAdmin(TrailMixin, CleanLookupsMixin, admin.ModelAdmin):
    trail_verbs = {"add": "upload", "change": "change", "delete": "delete"}
    form = PhotoForm
    fieldsets = [
        (None, {"fields": ["upload", "preview", *WORDS]}),
        (gettext_lazy("Rights"), {"fields": RIGHTS}),
        (gettext_lazy("Cut"), {"fields": CUT}),
    ]
    readonly_fields = ["preview", "cutter", "crops"]
    formfield_overrides = {
        models.DateTimeField: {"form_class": forms.DateTimeField, "widget": TakenInput},
        models.DateField: {"widget": DayInput},
    }
    list_display = ["chosen", "thumbnail_shown", "words", "credit_shown", "usage", "added"]
    list_display_links = ["thumbnail_shown", "words"]
    list_filter = [OwnFilter, UseFilter, CreditFilter, RightsFilter, AddedFilter]
    list_per_page = SIZE
    paginator = CappedPaginator  # of the choices in forms; the list itself has `Library`
    list_select_related = ["created_by"]
    show_facets = admin.ShowFacets.NEVER
    search_fields = ["search_text"]
    search_help_text = gettext_lazy(
        "Words of the caption, the credit or the description, with or without diacritics; the last one may be just "
        "begun. Of common words the newest 1,000 photos are found."
    )
    sortable_by = []
    actions = None

    class Media:
        js = ["js/upload-preview.js", "js/focal-point.js", "js/photo-cut.js"]

    def get_urls(self):
        guard = self.admin_site.admin_view
        one, many = upload.capped(guard(self.upload_view), 1), upload.capped(guard(self.many_view), upload.MOST)
        return [
            path("upload/", require_POST(one), name="articles_photo_upload"),
            path("many/", require_http_methods(["GET", "POST"])(many), name="articles_photo_many"),
            path("pick/", xframe_options_sameorigin(guard(self.pick_view)), name="articles_photo_pick"),
            path("credit/", guard(require_POST(self.credit_view)), name="articles_photo_credit"),
            path("<int:pk>/thumbnail/", guard(self.thumbnail_view), name="articles_photo_thumbnail"),
            *super().get_urls(),
        ]

    def upload_view(self, request):
        return upload.one(self, request)

    def many_view(self, request):
        return upload.many(self, request)

    def pick_view(self, request):
        return picker.pick(self, request)

    def credit_view(self, request):
        return credit(self, request)

    def thumbnail_view(self, request, pk):
        photo = Photo.objects.filter(pk=pk).exclude(master="").first()
        if not photo or not self.has_view_permission(request):
            raise Http404
        return HttpResponseRedirect(photo.thumbnail)

    # The form

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.user = request.user
        return form

    def get_fieldsets(self, request, obj=None):
        """Who may only look needs no boxes for what is cut where."""
        if obj is None or self.has_change_permission(request, obj):
            return self.fieldsets
        return [(None, {"fields": ["preview", *WORDS]}), *self.fieldsets[1:2]]

    def save_model(self, request, obj, form, change):
        if not change:
            obj.created_by = request.user
            photos.fill_in(obj, form.data_of_upload)
        if form.prepared:
            photos.keep(obj, form.prepared)
        else:
            super().save_model(request, obj, form, change)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj:
            found, context["hidden_places"] = photos.places(request.user, obj)
            context["places"] = [{"where": where, "target": row, "address": _address(row)} for where, row in found]
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def has_change_permission(self, request, obj=None):
        if obj is None:
            return super().has_change_permission(request)
        return permissions.can_change_photo(request.user, obj)

    def has_delete_permission(self, request, obj=None):
        if obj is None:
            return super().has_delete_permission(request)
        return permissions.can_delete_photo(request.user, obj)

    # The list

    def get_changelist(self, request, **kwargs):
        return Library

    def changelist_view(self, request, extra_context=None):
        may = {"has_change_permission": self.has_change_permission(request)}
        return super().changelist_view(request, {**(extra_context or {}), **may})

    def get_queryset(self, request):
        lead, gallery, text = (_count(model) for model in (Article, GalleryPhoto, PhotoUse))
        return super().get_queryset(request).annotate(uses=lead + gallery + text)

    def get_search_results(self, request, queryset, term):
        return queryset.search(term), False

    @admin.display(description=gettext_lazy("chosen"))
    def chosen(self, photo):
        box = '<label class="photo-tick"><input type="checkbox" name="photo" value="{}"><span>{}</span></label>'
        return format_html(box, str(photo.pk), _("Choose this photo"))

    @admin.display(description=gettext_lazy("picture"))
    def thumbnail_shown(self, photo):
        if not photo.master:
            return format_html('<span class="photo-missing">{}</span>', _("no picture yet"))
        image = '<img class="photo-thumbnail" src="{}" alt="{}" loading="lazy">'
        return format_html(image, photo.thumbnail, self.words(photo))  # the name of the link around it

    @admin.display(description=gettext_lazy("caption"))
    def words(self, photo):
        return photo.caption or photo.alt or _("no caption yet")

    @admin.display(description=gettext_lazy("photo credit"))
    def credit_shown(self, photo):
        credit = _("Photo: %(credit)s") % {"credit": photo.credit} if photo.credit else _("no credit yet")
        if not (photo.has_expired or photo.expires_soon):
            return credit
        words = _("rights expired on %(day)s") if photo.has_expired else _("rights until %(day)s")
        kind = "over" if photo.has_expired else "soon"
        rights = words % {"day": f"{photo.rights_until:%d/%m/%Y}"}
        return format_html('{}<br><span class="rights-{}">{}</span>', credit, kind, rights)

    @admin.display(description=gettext_lazy("used in"))
    def usage(self, photo):
        uses = ngettext("used in %(number)s place", "used in %(number)s places", photo.uses) % {"number": photo.uses}
        return uses if photo.uses else _("not used yet")

    @admin.display(description=gettext_lazy("added at"))
    def added(self, photo):
        day = date_format(photo.created_at.astimezone(), "j/n/Y")
        return f"{name_of(photo.created_by)}, {day}" if photo.created_by else day

    # What the form shows

    @admin.display(description=gettext_lazy("preview"))
    def preview(self, photo):
        words = _("Focal point. The arrow keys move it.")
        return format_html('<div class="focal" data-label="{}">{}</div>', words, _picture(photo))

    @admin.display(description=gettext_lazy("Cut for lists"))
    def cutter(self, photo):
        """photo-cut.js lays a frame on it; without it the numbers below are typed."""
        words = [
            ("cut", _("Cut by hand")),
            ("uncut", _("Do not cut by hand")),
            ("label", _("The part that lists show. The arrow keys move it, + and - change its size.")),
        ]
        marks = format_html_join("", ' data-{}="{}"', words)
        return format_html('<div class="cutter"{}>{}</div>', marks, _picture(photo))

    @admin.display(description=gettext_lazy("cut"))
    def crops(self, photo):
        """As lists and shared links show it; focal-point.js moves them with the focal point."""
        card, shared = (photo.card.url, photo.social[0]) if photo.master else ("", "")
        frame = '<figure class="crop crop-{}"><img src="{}" alt=""><figcaption>{}</figcaption></figure>'
        return format_html_join(
            "", frame, [("card", card or BLANK, _("in lists")), ("social", shared or BLANK, _("on a shared link"))]
        )


def _address(row):
    return reverse(f"admin:articles_{row._meta.model_name}_change", args=[row.pk])


def _picture(photo):
    if not photo.master:
        return format_html('<span class="photo-missing">{}</span>', _("no picture yet"))
    return format_html('<img class="photo-preview" src="{}" alt="">', photo.url)


def _count(model):
    rows = model.objects.filter(photo=OuterRef("pk")).order_by().values("photo")
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0)
