"""The article: a form that edits its newest version, saved by editorial/revisions.py and moved by transitions.py."""

import copy
from functools import cache, partial

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import receipts
from articles.admin import writing
from articles.admin.lists.columns import ListMixin
from articles.admin.search import ChosenMixin, CleanLookupsMixin
from articles.admin.trail import note_forged
from articles.editorial import checks, documents, notices, permissions, revisions, steps, trail, transitions
from articles.models import Article, Author, Byline, SiteSettings, State

from . import receipt, step, trash, versions
from .autosave import AutosaveMixin
from .extras import AttachmentInline, FoldedMixin, GalleryInline, LiveUpdateInline
from .form import LABELS, MEDIA, PLACE, PUBLICATION, WRITING, ArticleForm, document_from
from .inlines import BylineInline, RelatedLinkInline

CONFLICT_STATUS = 409


class ShortTransactionMixin:
    """Django holds one transaction around the whole page of a form. Here only the save is one (`save_related`): on
    SQLite, where one writes at a time, people wait for each other's saves and not for each other's pages."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        return self._changeform_view(request, object_id, form_url, extra_context)


@admin.register(Article)
class ArticleAdmin(AutosaveMixin, ListMixin, CleanLookupsMixin, ChosenMixin, ShortTransactionMixin, admin.ModelAdmin):
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
    view_on_site = False  # the action bar leads there, and to the preview

    class Media:
        js = [
            "js/editor.js",
            "js/counter.js",
            "js/schedule.js",
            "js/sortable.js",
            "js/photo-preview.js",
            "js/extras.js",
            "js/checks.js",
            "js/desk-notes.js",
            "js/desk-alike.js",
            "js/desk-receipt.js",
        ]

    def get_urls(self):
        own = (step, versions, receipt, trash, writing)
        return [*(url for screen in own for url in screen.urls(self)), *super().get_urls()]

    # What may be seen and done

    def get_queryset(self, request):
        found = super().get_queryset(request)
        return found.select_related("working", "category") if "object_id" in request.resolver_match.kwargs else found

    def get_object(self, request, object_id, from_field=None):
        """The article as its newest version has it; `stored` on it is what the database and the readers have."""
        article = super().get_object(request, object_id, from_field)
        if article is None:
            return None
        stored = copy.copy(article)
        if permissions.can_see_versions(request.user, article):
            article = revisions.newest(article)
        article.stored = stored
        return article

    def has_view_permission(self, request, obj=None):
        return super().has_view_permission(request, obj) and (
            obj is None or permissions.can_see(request.user, _stored(obj))
        )

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (
            obj is None or permissions.can_change(request.user, _stored(obj))
        )

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and (
            obj is None or permissions.can_delete(request.user, _stored(obj))
        )

    def get_readonly_fields(self, request, obj=None):
        return [] if permissions.can_publish(request.user) else ["published_at", "slug"]

    def get_fieldsets(self, request, obj=None):
        """Who may only read an article reads its body, not the body's HTML."""
        if obj is None or self.has_change_permission(request, obj):
            return self.fieldsets
        (_name, options), *rest = self.fieldsets
        return [(None, {**options, "fields": [*WRITING[:-1], "body_shown"]}), *rest]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.user, form.conflict = request.user, getattr(request, "conflict", None)
        form.document = obj.working.document if obj and obj.working_id else None
        return form

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "photo":
            field.widget.attrs["data-thumbnail"] = reverse("admin:articles_photo_thumbnail", args=[0])
        return field

    def get_changeform_initial_data(self, request):
        proposed = super().get_changeform_initial_data(request)
        for name in ("published_at", "embargo_until", "interview_shown_at"):
            proposed.pop(name, None)  # text, on which the boxes of a moment break
        return {"dateline": SiteSettings.load().dateline, **writing.initial(request), **proposed}

    def get_formset_kwargs(self, request, obj, inline, prefix):
        """The rows of the newest version; a new article begins with its writer's own pen name."""
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if request.method == "POST" or not inline.is_written(request, obj if obj.pk else None):
            return kwargs
        if obj.pk:
            kwargs["rows"] = documents.instances(obj, self._document(obj), prefix)
        elif inline.model is Byline:
            kwargs["rows"] = [Byline(author=author) for author in Author.objects.filter(user=request.user)[:1]]
        return kwargs

    @staticmethod
    def _document(article):
        if not hasattr(article, "_document"):
            article._document = revisions.current(article.stored)
        return article._document

    # What is done

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """A save that contradicts a colleague's is set aside in full, and the form comes back with both sides."""
        if "_publish" in request.POST:  # other sites may take seconds to answer
            checks.look_outside(None, {"body": request.POST.get("body", "")})
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except revisions.Conflicted as conflict:
            revisions.set_aside(conflict.article, conflict.mine, request.user)
            request.conflict = conflict
            response = super().changeform_view(request, object_id, form_url, extra_context)
            response.status_code = CONFLICT_STATUS
            return response

    def save_model(self, request, obj, form, change):
        """Nothing yet: the document is whole only with its rows (`save_related`)."""

    def save_related(self, request, form, formsets, change):
        document = document_from(form, formsets)
        with transaction.atomic():
            request.saved = saved = self._save(request, form, document, change)
            if saved.revision:
                trail.record(request.user, "save" if change else "create", saved.article, saved.changes)
            tab = request.POST.get("form_tab", "")[:40].replace("\0", "")
            revisions.forget_autosaves(request.user, saved.article if change else None, tab)

    def _save(self, request, form, document, change):
        if not change:
            return revisions.create(form.instance, document, request.user)
        # The rights of the row that is written: since the page was asked for, it may have moved on.
        if not permissions.can_change(request.user, revisions.lock(form.instance.pk)):
            raise PermissionDenied
        choices = {name[len("choice-") :]: value for name, value in request.POST.items() if name.startswith("choice-")}
        base = form.cleaned_data["base"]
        return revisions.save(form.instance, document, request.user, base=base, choices=choices)

    def construct_change_message(self, request, form, formsets, add=False):
        note_forged(request, form)
        if add:
            return [{"added": {}}]
        labels = [str(documents.label(name)) for name in sorted(request.saved.changed)]
        return [{"changed": {"fields": labels}}] if labels else []

    def response_add(self, request, obj, post_url_continue=None):
        return self._answer(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        return self._answer(request, obj) or super().response_change(request, obj)

    def _answer(self, request, obj):
        """Say what became of the save, and go on to the step whose button was pressed."""
        saved = request.saved
        article = Article.objects.select_related("working", "category").get(pk=obj.pk)
        url = reverse("admin:articles_article_change", args=[article.pk])
        if saved.colleague and saved.revision:
            self._tell_of_merge(request, article, saved)
        if verb := next((verb for verb in steps.STEPS if f"_{verb}" in request.POST), None):
            return step.carry_out(self, request, article, verb)
        if "_live" in request.POST:
            return step.post_live(self, request, article, saved)
        if "_continue" not in request.POST:
            return None
        if article.working_id:
            said = _("Saved. Readers still see the earlier version, until what they see is updated.")
        else:
            said = _("Saved.") if saved.revision else _("Nothing had changed.")
        self.message_user(request, said, messages.SUCCESS)
        return HttpResponseRedirect(url)

    def _tell_of_merge(self, request, article, saved):
        compare = reverse("admin:articles_article_compare", args=[article.pk])
        link = f"{compare}?from={saved.colleague.number}&to={saved.revision.number}"
        said = format_html(
            '{} <a href="{}">{}</a>',
            _("%(person)s had saved in the meantime: both versions were merged.")
            % {"person": saved.colleague.created_by_name or "?"},
            link,
            _("Compare"),
        )
        self.message_user(request, said, messages.WARNING)

    def get_deleted_objects(self, objs, request):
        """Nothing is: it goes to the trash as it is, with all that hangs on it."""
        return [str(article) for article in objs], {}, set(), []

    def delete_model(self, request, obj):
        transitions.trash(_stored(obj), request.user)

    def response_delete(self, request, obj_display, obj_id):
        return trash.tell(self, request, obj_display)

    def history_view(self, request, object_id, extra_context=None):
        return versions.history(self, request, object_id)

    # What is shown

    def get_inline_formsets(self, request, formsets, inline_instances, obj=None):
        found = super().get_inline_formsets(request, formsets, inline_instances, obj)
        for inline in found:
            if isinstance(inline.opts, FoldedMixin) and not inline.opts.is_wanted(inline.formset, obj):
                inline.classes += " collapse"
        return found

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["may_publish"] = permissions.can_publish(request.user) and permissions.can_jump(request.user)
        if change and obj:
            context.update(self._standing(request, obj))
        context.update(writing.context(request, context.get("stored")))
        if context["errors"] and request.FILES:
            self.message_user(request, _("No browser keeps a chosen file: please choose it again."), messages.WARNING)
        if conflict := getattr(request, "conflict", None):
            context["conflict"] = versions.shown_conflict(conflict, request.POST)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _standing(self, request, obj):
        """Where the article stands: what the bar, the checks and the notes of the form speak of."""
        stored = obj.stored if obj.stored.pk else obj
        is_checked = self.has_change_permission(request, obj) and stored.state != State.WITHDRAWN
        last = stored.transitions.select_related("moved_by").first()
        return {
            "stored": stored,
            "unread": cache(partial(notices.number_unread, request.user, stored)),  # presence.py marks those read
            "steps": steps.allowed(request.user, stored),
            "may_look_back": permissions.can_look_back(request.user, stored),
            "live_now": permissions.can_update_live(request.user, stored),
            "last_step": last,
            "told": receipts.panel(stored),
            "missing_labels": [] if stored.state == State.PUBLISHED else _missing_labels(obj),
            "findings": checks.run(stored, self._document(obj), whole=False) if is_checked else [],
        }

    @admin.display(description=gettext_lazy("body"))
    def body_shown(self, article):
        return render_to_string("admin/articles/article/body.html", {"article": article})


def _stored(article):
    return getattr(article, "stored", article)


def _missing_labels(article):
    return [Article._meta.get_field(name).verbose_name for name in article.missing()]
