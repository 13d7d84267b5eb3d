"""The article: the list with its filters, and the form grouped as an editor thinks."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.editorial import permissions, transitions
from articles.models import Article, Byline, RelatedLink, SiteSettings, State

from .filters import AuthorFilter, DayFilter, SectionFilter, StateFilter


class BylineInline(admin.TabularInline):
    model = Byline
    extra = 0
    min_num = 1
    fields = ["author", "role", "as_printed", "order"]
    autocomplete_fields = ["author"]
    classes = ["sortable"]

    def get_formset(self, request, obj=None, **kwargs):
        return super().get_formset(request, obj, widgets={"order": forms.HiddenInput}, **kwargs)

    def get_min_num(self, request, obj=None, **kwargs):
        return 0 if obj else 1


class RelatedLinkInline(admin.TabularInline):
    model = RelatedLink
    fk_name = "article"
    extra = 0
    fields = ["target", "title", "url", "order"]
    autocomplete_fields = ["target"]
    classes = ["sortable"]

    def get_formset(self, request, obj=None, **kwargs):
        return super().get_formset(request, obj, widgets={"order": forms.HiddenInput}, **kwargs)


class ArticleForm(forms.ModelForm):
    class Meta:
        model = Article
        fields = [
            *("kicker", "title", "lede", "body", "category", "photo"),
            *("published_at", "dateline", "editor_note", "slug"),
        ]
        widgets = {
            "title": forms.Textarea(attrs={"rows": 2, "class": "title-box"}),
            "lede": forms.Textarea(attrs={"rows": 4}),
        }


@admin.register(Article)
class ArticleAdmin(admin.ModelAdmin):
    form = ArticleForm
    inlines = [BylineInline, RelatedLinkInline]
    fieldsets = [
        (None, {"fields": ["kicker", "title", "lede", "body"]}),
        (gettext_lazy("Section and photo"), {"fields": ["category", "photo"]}),
        (gettext_lazy("Publication"), {"fields": ["published_at", "dateline", "editor_note", "slug"]}),
    ]
    autocomplete_fields = ["category", "photo"]
    list_display = ["headline", "state_shown", "category", "byline_line", "published_at"]
    list_display_links = ["headline"]
    list_filter = [DayFilter, StateFilter, SectionFilter, AuthorFilter]
    search_fields = ["search_text"]  # shows the box; `get_search_results` does the searching
    search_help_text = gettext_lazy("Words of the title or text, with or without diacritics, or the article's number.")
    list_per_page = 50
    show_full_result_count = False
    actions = None

    class Media:
        js = ["js/editor.js", "js/sortable.js", "js/photo-preview.js"]

    # What may be seen and done

    def get_queryset(self, request):
        found = permissions.visible_to(request.user).select_related("category").prefetch_related("bylines__author")
        return found.defer("body", "search_text") if request.resolver_match.url_name.endswith("changelist") else found

    def has_view_permission(self, request, obj=None):
        return super().has_view_permission(request, obj) and (obj is None or permissions.can_see(request.user, obj))

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (
            obj is None or permissions.can_change(request.user, obj)
        )

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and (
            obj is None or permissions.can_delete(request.user, obj)
        )

    def get_readonly_fields(self, request, obj=None):
        return [] if permissions.can_publish(request.user) else ["published_at", "slug"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "photo":
            field.widget.attrs["data-thumbnail"] = reverse("admin:articles_photo_thumbnail", args=[0])
        return field

    def get_search_results(self, request, queryset, term):
        if term.isdecimal() and len(term) <= 18 and (numbered := queryset.filter(pk=int(term))):
            return numbered, False
        return queryset.search(term), False

    def get_changeform_initial_data(self, request):
        return {"dateline": SiteSettings.load().dateline, **super().get_changeform_initial_data(request)}

    # What is done

    def save_model(self, request, obj, form, change):
        if not change:
            obj.created_by = request.user
        super().save_model(request, obj, form, change)

    def response_add(self, request, obj, post_url_continue=None):
        return self._move(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        return self._move(request, obj) or super().response_change(request, obj)

    def _move(self, request, article):
        """Carry out the button that changes the state. The form is saved already, so a refusal loses nothing."""
        if "_publish" in request.POST:
            move, done = transitions.publish, _("“%(title)s” is published.")
        elif "_withdraw" in request.POST:
            move, done = transitions.withdraw, _("“%(title)s” is withdrawn.")
        else:
            return None
        try:
            move(article, request.user)
        except ValidationError as error:
            self.message_user(request, _("Saved. %(reason)s") % {"reason": error.messages[0]}, messages.ERROR)
        else:
            if article.is_scheduled:
                done = _("“%(title)s” is scheduled.")
            self.message_user(request, done % {"title": article}, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if change and obj:
            labels = [Article._meta.get_field(name).verbose_name for name in obj.missing()]
            context |= {"article_missing": labels if obj.state != State.PUBLISHED else []}
        context["may_publish"] = permissions.can_publish(request.user)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def view_on_site(self, obj):
        return obj.get_absolute_url() if obj.is_public() else reverse("preview", args=[obj.pk])

    # What the list shows

    @admin.display(description=gettext_lazy("title"), ordering="title")
    def headline(self, article):
        return article

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_shown(self, article):
        state = "scheduled" if article.is_scheduled else article.state
        label = _("Scheduled") if article.is_scheduled else article.get_state_display()
        return format_html('<span class="state state-{}">{}</span>', state, label)

    @admin.display(description=gettext_lazy("author"))
    def byline_line(self, article):
        return ", ".join(byline.name for byline in article.bylines.all())
