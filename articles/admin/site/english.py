from django import forms
from django.contrib import admin, messages
from django.db.models import Exists, OuterRef, Q
from django.http import HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import vietnamese
from articles.admin.body import BodyFormMixin
from articles.admin.lists.paging import CappedPaginator
from articles.admin.search import ChosenMixin, CleanLookupsMixin
from articles.admin.trail import TrailMixin
from articles.editorial import permissions
from articles.models import EnglishVersion, State


class EnglishVersionForm(BodyFormMixin, forms.ModelForm):
    class Meta:
        model = EnglishVersion
        fields = ["article", "title", "lede", "body", "photo_caption", "translator", "released_at"]
        widgets = {"lede": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "released_at": gettext_lazy("Empty: not released. Readers see it while they can read the Vietnamese one.")
        }


@admin.register(EnglishVersion)
class EnglishVersionAdmin(TrailMixin, CleanLookupsMixin, ChosenMixin, admin.ModelAdmin):
    form = EnglishVersionForm
    list_display = ["title", "original", "translator", "released_at"]
    list_select_related = ["article"]
    list_per_page = 50
    show_full_result_count = False
    paginator = CappedPaginator
    ordering = ["-updated_at", "-pk"]
    search_fields = ["title"]
    autocomplete_fields = ["article"]
    fields = ["article", "title", "lede", "body", "photo_caption", "translator", "released_at"]
    actions = None

    class Media:
        js = ["js/editor.js"]

    def get_queryset(self, request):
        """Of the articles that the person may see: a translation tells what is in a draft of another section."""
        seen = permissions.visible_to(request.user).filter(pk=OuterRef("article")).exclude(state=State.TRASHED)
        found = super().get_queryset(request).filter(Exists(seen.order_by())).defer("article__body")
        return found.defer("body") if request.resolver_match.url_name.endswith("changelist") else found

    def get_readonly_fields(self, request, obj=None):
        release = [] if permissions.can_publish(request.user) else ["released_at"]
        return ["article", *release] if obj else release

    def get_fields(self, request, obj=None):
        """The text as readers see it where it is only looked at."""
        if obj is None or self.has_change_permission(request, obj):
            return self.fields
        return ["text" if name == "body" else name for name in self.fields]

    @admin.display(description=EnglishVersion._meta.get_field("body").verbose_name)
    def text(self, version):
        return render_to_string("admin/articles/englishversion/text.html", {"version": version})

    def get_search_results(self, request, queryset, term):
        """By the words of either title; the English one has no marks to fold."""
        for word in vietnamese.clean_line(term).split()[:20]:
            in_vietnamese = Q(article__title_key__contains=key) if (key := vietnamese.key(word)) else Q()
            queryset = queryset.filter(Q(title__icontains=word) | in_vietnamese)
        return queryset, False

    def get_changeform_initial_data(self, request):
        """The article from the address; a moment from there is text, on which its two boxes break."""
        return {"article": request.GET["article"]} if "article" in request.GET else {}

    def view_on_site(self, obj):
        return obj.get_absolute_url()

    def get_view_on_site_url(self, obj=None):
        return obj.get_absolute_url() if obj and obj.is_public() else None

    def has_change_permission(self, request, obj=None):
        """What readers see, or will at a time that is set, is changed by whoever may publish."""
        is_theirs = obj is None or obj.released_at is None or permissions.can_publish(request.user)
        return is_theirs and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        """What readers could see stays: clear its time of release, and it is on the desk again."""
        is_theirs = obj is None or (not obj.is_released() and self.has_change_permission(request, obj))
        return is_theirs and super().has_delete_permission(request, obj)

    def save_model(self, request, obj, form, change):
        if "_release" in request.POST and not obj.is_released() and permissions.can_publish(request.user):
            obj.released_at = timezone.now()
        super().save_model(request, obj, form, change)

    def response_add(self, request, obj, post_url_continue=None):
        return self._released(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        return self._released(request, obj) or super().response_change(request, obj)

    def render_change_form(self, request, context, *args, **kwargs):
        context["may_release"] = permissions.can_publish(request.user)
        return super().render_change_form(request, context, *args, **kwargs)

    def _released(self, request, obj):
        if "_release" not in request.POST or not obj.is_released():
            return None
        done = _("“%(title)s” is released.") % {"title": obj}
        if not obj.article.is_public():
            done += " " + _("Readers see it as soon as the Vietnamese article is published.")
        self.log_change(request, obj, done)
        self.message_user(request, done, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:articles_englishversion_change", args=[obj.pk]))

    @admin.display(description=gettext_lazy("article"), ordering="article__title")
    def original(self, version):
        return version.article
