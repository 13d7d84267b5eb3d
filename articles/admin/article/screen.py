"""The article: the list with its filters, and the form grouped as an editor thinks."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import players
from articles.admin.body import BodyWidget
from articles.admin.lists.filters import AuthorFilter, DayFilter, GenreFilter, SectionFilter, StateFilter
from articles.admin.search import ChosenMixin, CleanLookupsMixin
from articles.editorial import permissions, transitions
from articles.models import Article, Author, Byline, Genre, SiteSettings, State

from . import history
from .autosave import AutosaveMixin
from .extras import AttachmentInline, FoldedMixin, GalleryInline, LiveUpdateInline
from .inlines import BylineInline, RelatedLinkInline

WRITING = ["kicker", "title", "lede", "body"]
PLACE = ["category", "genre", "topics"]
MEDIA = ["photo", "player"]
PUBLICATION = ["published_at", "dateline", "editor_note", "slug"]
LABELS = ["ai_use", "comments_closed"]


class ArticleForm(forms.ModelForm):
    version = forms.CharField(required=False, widget=forms.HiddenInput)  # of the article when the form was opened

    class Meta:
        model = Article
        fields = [*WRITING, *PLACE, *MEDIA, *PUBLICATION, *LABELS]
        widgets = {
            "title": forms.Textarea(attrs={"rows": 2, "class": "counted headline-box"}),
            "lede": forms.Textarea(attrs={"rows": 4, "class": "counted"}),
            "editor_note": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "title": gettext_lazy("What happened, and where. Readers and search engines see this first."),
            "lede": gettext_lazy("One or two sentences with the heart of the news; lists and feeds show it."),
            "published_at": gettext_lazy(
                "Vietnam's time (GMT+7). Empty: the moment of publication. Ahead of now: scheduled."
            ),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "body" in self.fields:
            self.fields["body"].widget = BodyWidget(attrs=self.fields["body"].widget.attrs)
        for field in self.fields.values():
            # A browser that knows the limit cuts what is pasted without a word; ours counts, and refuses with all kept.
            if limit := field.widget.attrs.pop("maxlength", None):
                field.widget.attrs["data-limit"] = limit
        if self.instance.player and (known := players.parse(self.instance.player)) and "player" in self.fields:
            self.fields["player"].help_text = _("Recognised: %(provider)s.") % {"provider": known.provider}
        self.stored_version = self.instance.updated_at.isoformat() if self.instance.pk else ""
        self.initial["version"] = self.stored_version

    def clean(self):
        """Refuse, once, to write over what was saved since this form was opened; saving again is then meant."""
        opened = self.cleaned_data.get("version", "")
        if opened and opened != self.stored_version:
            self.data = self.data.copy()
            self.data[self.add_prefix("version")] = self.stored_version
            raise ValidationError(history.saved_meanwhile(self.instance, opened))
        return super().clean()


@admin.register(Article)
class ArticleAdmin(AutosaveMixin, CleanLookupsMixin, ChosenMixin, admin.ModelAdmin):
    form = ArticleForm
    inlines = [BylineInline, RelatedLinkInline, LiveUpdateInline, GalleryInline, AttachmentInline]
    fieldsets = [
        (None, {"fields": WRITING, "classes": ["writing"]}),
        (gettext_lazy("Section and genre"), {"fields": PLACE, "classes": ["side"]}),
        (gettext_lazy("Photo, video and audio"), {"fields": MEDIA, "classes": ["side"]}),
        (gettext_lazy("Publication"), {"fields": PUBLICATION, "classes": ["side"]}),
        (gettext_lazy("Labels and comments"), {"fields": LABELS, "classes": ["side"]}),
    ]
    autocomplete_fields = ["category", "photo", "topics"]
    list_display = ["headline", "state_shown", "category", "byline_line", "moment"]
    list_display_links = ["headline"]
    list_filter = [DayFilter, StateFilter, SectionFilter, GenreFilter, AuthorFilter]
    show_facets = admin.ShowFacets.NEVER  # counts of every filter would read the whole archive
    search_fields = ["search_text"]  # shows the box; `get_search_results` does the searching
    search_help_text = gettext_lazy("Words of the title or text, with or without diacritics, or the article's number.")
    list_per_page = 50
    list_max_show_all = 50
    show_full_result_count = False
    actions = None
    view_on_site = False  # the action bar leads there, and to the preview

    class Media:
        js = [
            "js/editor.js",
            "js/counter.js",
            "js/schedule.js",
            "js/sortable.js",
            "js/photo-preview.js",
            "js/extras.js",
        ]

    # What may be seen and done

    def get_queryset(self, request):
        found = permissions.visible_to(request.user)
        if request.method == "POST" and request.resolver_match.url_name.endswith("change"):
            # Held until the save is done, so that the rights below are those of the row that is written.
            return Article.objects.filter(pk__in=found.values("pk")).select_for_update()
        if not request.resolver_match.url_name.endswith("changelist"):
            return found
        found = found.select_related("category", "photo").prefetch_related("bylines__author")
        return found.defer("body", "search_text")

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

    def get_fieldsets(self, request, obj=None):
        """Who may only read an article reads its body, not the body's HTML."""
        if obj is None or self.has_change_permission(request, obj):
            return self.fieldsets
        (_name, options), *rest = self.fieldsets
        return [(None, {**options, "fields": [*WRITING[:-1], "body_shown"]}), *rest]

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
        proposed = super().get_changeform_initial_data(request)
        proposed.pop("published_at", None)  # text, on which the two boxes of a moment break
        return {"dateline": SiteSettings.load().dateline, **proposed}

    def get_formset_kwargs(self, request, obj, inline, prefix):
        """A new article begins with its writer's own pen name."""
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if inline.model is Byline and not obj.pk and request.method != "POST":
            kwargs["initial"] = [{"author": author.pk} for author in Author.objects.filter(user=request.user)[:1]]
        return kwargs

    # What is done

    def save_model(self, request, obj, form, change):
        if not change:
            obj.created_by = request.user
            obj.save()
            return
        # Only what was changed here: what a colleague changed elsewhere in the meantime stays.
        own = {field.name for field in Article._meta.concrete_fields}
        obj.save(update_fields=own.intersection(form.changed_data))

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if change:
            transitions.revise(form.instance, history.changed(form, formsets))

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
        except PermissionDenied:
            reason = _("Your role may not publish or withdraw: ask an editor.")
            self.message_user(request, _("Saved. %(reason)s") % {"reason": reason}, messages.ERROR)
        except ValidationError as error:
            self.message_user(request, _("Saved. %(reason)s") % {"reason": error.messages[0]}, messages.ERROR)
        else:
            if article.is_scheduled:
                done = _("“%(title)s” is scheduled.")
            self.log_change(request, article, done % {"title": article})
            self.message_user(request, done % {"title": article}, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))

    def get_inline_formsets(self, request, formsets, inline_instances, obj=None):
        found = super().get_inline_formsets(request, formsets, inline_instances, obj)
        for inline in found:
            if isinstance(inline.opts, FoldedMixin) and not inline.opts.is_wanted(inline.formset, obj):
                inline.classes += " collapse"
        return found

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if change and obj:
            # A refused form leaves on `obj` what was typed: the bar speaks of the article as it is stored.
            stored = self.get_queryset(request).get(pk=obj.pk) if context["errors"] else obj
            missing = [] if stored.state == State.PUBLISHED else stored.missing()
            context["stored"] = stored
            context["missing_labels"] = [Article._meta.get_field(name).verbose_name for name in missing]
        if context["errors"] and request.FILES:
            self.message_user(request, _("No browser keeps a chosen file: please choose it again."), messages.WARNING)
        context["may_publish"] = permissions.can_publish(request.user)
        return super().render_change_form(request, context, add, change, form_url, obj)

    # What is shown

    @admin.display(description=gettext_lazy("title"), ordering="title")
    def headline(self, article):
        picture = article.photo.thumbnail if article.photo else ""
        image = format_html('<img src="{}" alt="" loading="lazy">', picture) if picture else ""
        is_news = article.genre == Genre.NEWS
        genre = "" if is_news else format_html(' <span class="genre">{}</span>', article.get_genre_display())
        return format_html('<span class="thumb">{}</span><span class="words">{}{}</span>', image, article, genre)

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_shown(self, article):
        return render_to_string("admin/articles/article/state.html", {"article": article})

    @admin.display(description=gettext_lazy("author"))
    def byline_line(self, article):
        return ", ".join(byline.name for byline in article.bylines.all())

    @admin.display(description=gettext_lazy("published at"), ordering="published_at")
    def moment(self, article):
        """When readers saw it; of what they never saw, when it was last touched."""
        if article.published_at and article.state != State.DRAFT:
            return date_format(timezone.localtime(article.published_at), "SHORT_DATETIME_FORMAT")
        touched = date_format(timezone.localtime(article.updated_at), "SHORT_DATETIME_FORMAT")
        return format_html('<span class="touched">{}</span>', _("edited %(time)s") % {"time": touched})

    @admin.display(description=gettext_lazy("body"))
    def body_shown(self, article):
        return render_to_string("admin/articles/article/body.html", {"article": article})
