"""Photos: the list with thumbnails, the upload with preview, and the two doors that CKEditor uses."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from articles import renditions, vietnamese
from articles.editorial import permissions, photos
from articles.models import Article, Photo

from .search import CleanLookupsMixin

PICKER_SIZE = 60
BLANK = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
UPLOAD_MB = renditions.UPLOAD_LIMIT // 2**20


class PhotoForm(forms.ModelForm):
    upload = forms.FileField(
        label=gettext_lazy("Picture"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
        help_text=gettext_lazy("JPEG, PNG, WebP or GIF, at most 12 MB. Places and camera data are removed."),
    )

    focus_x = forms.IntegerField(
        label=gettext_lazy("Focal point: percent from the left"), min_value=0, max_value=100, required=False
    )
    focus_y = forms.IntegerField(label=gettext_lazy("percent from the top"), min_value=0, max_value=100, required=False)
    prepared = None

    class Meta:
        model = Photo
        fields = ["focus_x", "focus_y", "caption", "credit", "alt", "is_illustration", "made_by_ai"]
        widgets = {"caption": forms.Textarea(attrs={"rows": 3})}

    def clean_focus_x(self):
        return _or(self.cleaned_data["focus_x"], self.instance.focus_x)

    def clean_focus_y(self):
        return _or(self.cleaned_data["focus_y"], self.instance.focus_y)

    def clean_upload(self):
        upload = self.cleaned_data["upload"]
        if not upload and not self.instance.pk:
            raise forms.ValidationError(_("Choose a picture."))
        if upload and upload.size > renditions.UPLOAD_LIMIT:
            raise forms.ValidationError(_("The file is larger than %(limit)s MB.") % {"limit": UPLOAD_MB})
        return upload

    def clean(self):
        """Makes the files while the form can still be refused: of an upload, or the crops about another point."""
        super().clean()
        if self.errors:
            return
        upload, focus = self.cleaned_data["upload"], (self.cleaned_data["focus_x"], self.cleaned_data["focus_y"])
        try:
            if upload:
                self.prepared = photos.prepare(upload.read(), focus)
            elif self.instance.master and focus != self.instance.focus:
                self.prepared = photos.prepare_again(self.instance, focus)
        except renditions.PictureRefused as error:
            self.add_error("upload" if upload else "focus_x", str(error))


def _or(value, otherwise):
    return otherwise if value is None else value


@admin.register(Photo)
class PhotoAdmin(CleanLookupsMixin, admin.ModelAdmin):
    form = PhotoForm
    fields = [
        *("upload", "preview", ("focus_x", "focus_y"), "crops", "caption", "credit", "alt"),
        ("is_illustration", "made_by_ai"),
    ]
    readonly_fields = ["preview", "crops"]
    list_display = ["thumbnail_shown", "words", "credit_shown", "usage", "created_at"]
    list_display_links = ["thumbnail_shown", "words"]
    list_per_page = 48
    list_max_show_all = 48
    show_full_result_count = False
    search_fields = ["search_text"]
    search_help_text = gettext_lazy("Words of the caption, the credit or the description, with or without diacritics.")
    actions = None

    class Media:
        js = ["js/upload-preview.js", "js/focal-point.js"]

    def get_urls(self):
        guard = self.admin_site.admin_view
        return [
            path("upload/", guard(require_POST(self.upload_view)), name="articles_photo_upload"),
            path("pick/", guard(self.pick_view), name="articles_photo_pick"),
            path("<int:pk>/thumbnail/", guard(self.thumbnail_view), name="articles_photo_thumbnail"),
            *super().get_urls(),
        ]

    def save_model(self, request, obj, form, change):
        if not change:
            obj.created_by = request.user
        if form.prepared:
            photos.keep(obj, form.prepared)
        else:
            super().save_model(request, obj, form, change)

    def get_queryset(self, request):
        used = Article.objects.filter(photo=OuterRef("pk")).order_by().values("photo")
        return (
            super().get_queryset(request).annotate(uses=Coalesce(Subquery(used.annotate(n=Count("pk")).values("n")), 0))
        )

    def get_search_results(self, request, queryset, term):
        for word in vietnamese.key(term).split()[:20]:
            queryset = queryset.filter(search_text__contains=word)
        return queryset, False

    def has_change_permission(self, request, obj=None):
        if obj is None:
            return super().has_change_permission(request)
        return permissions.can_change_photo(request.user, obj)

    def has_delete_permission(self, request, obj=None):
        if obj is None:
            return super().has_delete_permission(request)
        return permissions.can_delete_photo(request.user, obj)

    def upload_view(self, request):
        """Where CKEditor sends a picture that was pasted, dropped or chosen; answers in its JSON."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        upload = request.FILES.get("upload")
        try:
            if upload is None or upload.size > renditions.UPLOAD_LIMIT:
                raise renditions.PictureRefused(_("Choose a picture of at most %(limit)s MB.") % {"limit": UPLOAD_MB})
            photo = photos.keep(Photo(created_by=request.user), photos.prepare(upload.read()))
        except renditions.PictureRefused as error:
            return JsonResponse({"uploaded": 0, "error": {"message": str(error)}}, status=400)
        return JsonResponse({"uploaded": 1, "fileName": f"{photo.pk}.jpg", "url": photo.url})

    def pick_view(self, request):
        """The photo library in a window of its own, opened by CKEditor's picture dialog."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        query = request.GET.get("q", "")[:100]
        found, _distinct = self.get_search_results(request, self.get_queryset(request).exclude(master=""), query)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Photo library"),
            "photos": found[:PICKER_SIZE],
            "query": query,
            "callback": request.GET.get("CKEditorFuncNum", ""),
            "is_popup": True,
        }
        return TemplateResponse(request, "admin/articles/photo/pick.html", context)

    def thumbnail_view(self, request, pk):
        photo = Photo.objects.filter(pk=pk).exclude(master="").first()
        if not photo or not self.has_view_permission(request):
            raise Http404
        return HttpResponseRedirect(photo.thumbnail)

    @admin.display(description=gettext_lazy("picture"))
    def thumbnail_shown(self, photo):
        if not photo.master:
            return format_html('<span class="photo-missing">{}</span>', _("no picture yet"))
        return format_html('<img class="photo-thumbnail" src="{}" alt="" loading="lazy">', photo.thumbnail)

    @admin.display(description=gettext_lazy("caption"))
    def words(self, photo):
        return photo.caption or photo.alt or _("no caption yet")

    @admin.display(description=gettext_lazy("photo credit"))
    def credit_shown(self, photo):
        return _("Photo: %(credit)s") % {"credit": photo.credit} if photo.credit else ""

    @admin.display(description=gettext_lazy("used in"))
    def usage(self, photo):
        uses = ngettext("%(number)s article", "%(number)s articles", photo.uses) % {"number": photo.uses}
        return uses if photo.uses else _("not used as a lead photo")

    @admin.display(description=gettext_lazy("preview"))
    def preview(self, photo):
        if not photo.master:
            picture = format_html('<span class="photo-missing">{}</span>', _("no picture yet"))
        else:
            picture = format_html('<img class="photo-preview" src="{}" alt="">', photo.url)
        words = _("Focal point. The arrow keys move it.")
        return format_html('<div class="focal" data-label="{}">{}</div>', words, picture)

    @admin.display(description=gettext_lazy("cut"))
    def crops(self, photo):
        """As lists and shared links show it; focal-point.js moves them with the focal point."""
        card, shared = (photo.card.url, photo.social[0]) if photo.master else ("", "")
        frame = '<figure class="crop crop-{}"><img src="{}" alt=""><figcaption>{}</figcaption></figure>'
        return format_html_join(
            "", frame, [("card", card or BLANK, _("in lists")), ("social", shared or BLANK, _("on a shared link"))]
        )
