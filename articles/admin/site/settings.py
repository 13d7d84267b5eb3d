"""The newspaper's settings: one row, a form in groups, and the history of what changed when."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.trail import TrailMixin
from articles.editorial import masthead
from articles.models import SiteSettings
from articles.renditions import PictureRefused

FACTS = gettext_lazy(
    "The law asks for these on every page. Enter them exactly as your licence has them; what is empty "
    "is shown to readers as “not entered yet”, never guessed."
)


ONLY = 1  # the key of the one row


class SiteSettingsForm(forms.ModelForm):
    upload = forms.FileField(
        label=gettext_lazy("New logo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
        help_text=gettext_lazy("PNG, JPEG or WebP, at most 2 MB; it stands in the place of the name."),
    )
    remove_logo = forms.BooleanField(label=gettext_lazy("Remove the logo"), required=False)

    def clean_upload(self):
        """The files of the logo, proven to be a picture while the form can still be refused."""
        upload = self.cleaned_data["upload"]
        if not upload:
            return None
        try:
            if upload.size > masthead.LOGO_LIMIT:
                limit = masthead.LOGO_LIMIT // 2**20
                raise PictureRefused(_("The file is larger than %(limit)s MB.") % {"limit": limit})
            return masthead.prepare_logo(upload.read())
        except PictureRefused as error:
            raise forms.ValidationError(str(error)) from error


@admin.register(SiteSettings)
class SiteSettingsAdmin(TrailMixin, admin.ModelAdmin):
    """One row: its list leads straight to the form."""

    form = SiteSettingsForm
    readonly_fields = ["logo_shown"]
    fieldsets = [
        (gettext_lazy("The newspaper"), {"fields": ["name", "tagline", "dateline"]}),
        (
            gettext_lazy("Masthead"),
            {"fields": ["governing_body", "licence", "editor_in_chief"], "description": FACTS},
        ),
        (gettext_lazy("Logo"), {"fields": ["logo_shown", "upload", "remove_logo"]}),
        (gettext_lazy("Contact"), {"fields": ["address", "phone", "fax", "hotline", "email", "advertising"]}),
        (gettext_lazy("Social accounts"), {"fields": ["facebook", "zalo", "youtube", "tiktok"]}),
        (
            gettext_lazy("English edition"),
            {
                "fields": ["english_name", "english_tagline"],
                "description": gettext_lazy("With an English name, every page leads to the English edition."),
            },
        ),
    ]

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_permission(request):
            return super().changelist_view(request, extra_context)
        return HttpResponseRedirect(reverse("admin:articles_sitesettings_change", args=[ONLY]))

    def get_object(self, request, object_id, from_field=None):
        """Before the first save there is no row: to look at the form makes none."""
        found = super().get_object(request, object_id, from_field)
        return SiteSettings(pk=ONLY) if found is None and object_id == str(ONLY) else found

    def save_model(self, request, obj, form, change):
        if form.cleaned_data.get("remove_logo"):
            masthead.remove_logo(obj)
        masthead.save(obj, request.user, logo=form.cleaned_data.get("upload"))

    def history_view(self, request, object_id, extra_context=None):
        """Which fact changed when, by whom, from what to what."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        title = _("History of the settings")
        context = {**self.admin_site.each_context(request), "title": title, "history": masthead.history()}
        return TemplateResponse(request, "admin/articles/sitesettings/history.html", context)

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=gettext_lazy("logo"))
    def logo_shown(self, site):
        if not site.logo:
            return _("no logo yet: the name stands there in letters")
        return format_html('<img class="logo-shown" src="{}" alt="{}">', site.logo_url, site.name)
