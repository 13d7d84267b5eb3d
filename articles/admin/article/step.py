"""A step of the route from the desk: at once where nothing is to be asked, else by a page that asks.

Asked are the reason of a return, the reason of a withdrawal, how readers are told of an update, and the reasons for
passing over what the checks warn of. The form was saved before, so whatever is refused here, no word is lost.
"""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.editorial import checks, compare, documents, permissions, revisions, steps
from articles.models import Transition

Verb = Transition.Verb


class StepForm(forms.Form):
    """What a step asks for. `note` is required where the verb says so."""

    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, max_length=1000, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, verb, *args, **kwargs):
        super().__init__(*args, **kwargs)
        note = self.fields["note"]
        if verb == Verb.RETURN:
            note.label, note.required = _("Reason"), True
            note.error_messages["required"] = _("Say why it is returned: the author reads it.")
        elif verb == Verb.WITHDRAW:
            note.label, note.required = _("Reason, and the number of the order if there is one"), True
        elif verb != Verb.UPDATE:
            note.help_text = _("For the next person; may stay empty.")

    def options(self):
        return {"note": self.cleaned_data["note"]}


class UpdateForm(StepForm):
    """A silent fix, an update, a correction: three acts, and the person says which it is."""

    act = forms.ChoiceField(
        label=gettext_lazy("What kind of change is it?"),
        choices=[
            (Verb.SILENT, gettext_lazy("A small fix: readers are not told")),
            (Verb.UPDATE, gettext_lazy("An update: “Updated at” with the hour stands on the page")),
            (Verb.CORRECT, gettext_lazy("A correction: with “Correction and apology” as the law asks")),
        ],
        widget=forms.RadioSelect,
        initial=Verb.UPDATE,
    )
    wrong = forms.CharField(
        label=gettext_lazy("what was wrong"), required=False, max_length=2000, widget=forms.Textarea({"rows": 3})
    )
    right = forms.CharField(
        label=gettext_lazy("what is right"), required=False, max_length=2000, widget=forms.Textarea({"rows": 3})
    )
    apology = forms.CharField(
        label=gettext_lazy("apology"), required=False, max_length=1000, widget=forms.Textarea({"rows": 2})
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("act") == Verb.CORRECT:
            for name in ("wrong", "right"):
                if not cleaned.get(name):
                    self.add_error(name, _("A correction says what was wrong and what is right."))
        return cleaned

    def options(self):
        data = self.cleaned_data
        correction = {name: data[name] for name in ("wrong", "right", "apology")}
        return {"note": data["note"], "act": data["act"], "correction": correction}


def urls(model_admin):
    view = model_admin.admin_site.admin_view

    def page(request, pk, verb):
        return step(model_admin, request, pk, verb)

    return [path("<int:pk>/step/<slug:verb>/", view(page), name="articles_article_step")]


def carry_out(model_admin, request, article, verb):
    """Take a step whose button was pressed on the form: now, or after its page has asked."""
    if steps.STEPS[verb].asks:
        return HttpResponseRedirect(reverse("admin:articles_article_step", args=[article.pk, verb]))
    return _at_once(model_admin, request, article, verb, {})


def _at_once(model_admin, request, article, verb, options):
    try:
        _take(model_admin, request, article, verb, options)
    except checks.Unmet:
        return HttpResponseRedirect(reverse("admin:articles_article_step", args=[article.pk, verb]))
    except PermissionDenied:
        reason = _("Your role may not do this, or no longer: ask an editor.")
        model_admin.message_user(request, _("Saved. %(reason)s") % {"reason": reason}, messages.ERROR)
    except ValidationError as error:
        model_admin.message_user(request, _("Saved. %(reason)s") % {"reason": error.messages[0]}, messages.ERROR)
    return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))


def post_live(model_admin, request, article, saved):
    """A report from the scene goes out at once, if nothing else waits to go out with it; else it is asked."""
    alone = saved.changed == {"live_updates"} and documents.changed(
        documents.of(article), revisions.current(article)
    ) == {"live_updates"}
    if not saved.revision or not alone:
        return carry_out(model_admin, request, article, Verb.UPDATE)
    return _at_once(model_admin, request, article, Verb.UPDATE, {"act": Verb.UPDATE})


def step(model_admin, request, pk, verb):
    """The page of a step: what it will do, what it asks; POST takes it."""
    article = get_object_or_404(permissions.visible_to(request.user).select_related("working", "category"), pk=pk)
    if verb not in steps.STEPS:
        raise Http404(verb)
    if not steps.ALLOWED[verb](request.user, article):
        if request.method == "POST":
            raise PermissionDenied
        model_admin.message_user(
            request, _("This step is not open to you any more: the article moved on."), messages.WARNING
        )
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[pk]))
    kind = UpdateForm if verb == Verb.UPDATE else StepForm
    form = kind(verb, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _is_taken(model_admin, request, article, verb, form):
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[pk]))
    return _page(model_admin, request, article, verb, form)


def _is_taken(model_admin, request, article, verb, form):
    """Take the step; where it is refused the form says why."""
    options = form.options()
    if verb in {Verb.PUBLISH, Verb.UPDATE}:
        options["overrides"] = checks.overrides_from(request.POST)
        checks.look_outside(article)
    try:
        _take(model_admin, request, article, verb, options)
    except checks.Unmet:
        form.add_error(None, _("Not done yet: see what the checks say."))
    except ValidationError as error:
        form.add_error(None, error.messages)
    return form.is_valid()


def _take(model_admin, request, article, verb, options):
    taken = steps.take(verb, article, request.user, **options)
    done = steps.SCHEDULED if taken.verb == Verb.SCHEDULE else steps.STEPS[verb].done
    said = done % {"title": article}
    if taken.notified:
        said = f"{said} {_('Told: %(names)s.') % {'names': ', '.join(taken.notified)}}"
    model_admin.log_change(request, article, said)
    model_admin.message_user(request, said, messages.SUCCESS)


def _page(model_admin, request, article, verb, form):
    judged = verb in {Verb.PUBLISH, Verb.UPDATE}
    live = verb == Verb.UPDATE
    findings = checks.unmet(article) if judged else []
    context = {
        **model_admin.admin_site.each_context(request),
        "title": steps.label_of(verb, article),
        "opts": model_admin.opts,
        "article": article,
        "step": steps.STEPS[verb],
        "form": form,
        "reasons": checks.with_reasons(findings, checks.overrides_from(request.POST)),
        "changes": compare.differences(documents.of(article), revisions.current(article)) if live else [],
    }
    return TemplateResponse(request, "admin/articles/article/step.html", context)
