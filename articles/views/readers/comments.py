"""The form for a reader's comment, on a page of its own.

On the article page it would have to carry its token, and that page could no longer be one and the same for everyone
and stay in caches. This page is never kept; the article page only leads to it. It works without JavaScript.
"""

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from articles import vietnamese
from articles.models import Article
from articles.models.comment import NAME_LENGTH, TEXT_LENGTH
from articles.readers import comments as readers_comments
from articles.views import page

from .address import client_address, is_same_origin


class CommentForm(forms.Form):
    """Limits are told by the server: a browser that knew them would cut what is pasted without a word."""

    name = forms.CharField(
        label=gettext_lazy("Name shown"), help_text=gettext_lazy("At most 60 characters; readers will see it."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    text = forms.CharField(
        label=gettext_lazy("Comment"), help_text=gettext_lazy("At most 2,000 characters."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )  # fmt: skip
    consent = forms.BooleanField(label=gettext_lazy("I agree that the newspaper publishes this name and this comment."))
    # A trap: people do not see it, programs fill it in.
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}))
    token = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_name(self):
        return self._within(NAME_LENGTH, vietnamese.clean_line, self.cleaned_data["name"])

    def clean_text(self):
        return self._within(TEXT_LENGTH, vietnamese.clean_lines, self.cleaned_data["text"])

    @staticmethod
    def _within(most, clean, text):
        if len(text) <= 10 * most:  # megabytes are not worth the cleaning
            text = clean(text)
        if not text:
            raise ValidationError(_("This field is required."))
        if len(text) > most:
            words = {"length": len(text), "most": most}
            raise ValidationError(_("%(length)s characters; at most %(most)s fit.") % words)
        return text


@csrf_exempt  # no cookie for anonymous readers: the origin is asked for, and the token is bound to the article
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(no_store=True, private=True)
def comments(request, pk):
    if pk >= 2**63:
        raise Http404(pk)
    article = get_object_or_404(Article.objects.published().select_related("category").defer("body"), pk=pk)
    if not readers_comments.may_comment(article):
        raise Http404(pk)
    if request.method == "POST":
        return _receive(request, article)
    form = CommentForm(initial={"token": readers_comments.token(article)})
    return _page(request, article, form, thanks="cam-on" in request.GET)


def _receive(request, article):
    if not is_same_origin(request):
        raise PermissionDenied
    form, status = CommentForm(request.POST), 400
    if form.is_valid():
        try:
            _send(request, article, form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
            status = 429 if isinstance(error, readers_comments.TooMany) else 400
        else:
            response = HttpResponseRedirect(f"{request.path}?cam-on")
            response.status_code = 303
            return response
    form.data = form.data.copy()
    form.data["token"] = readers_comments.renewed(form.data.get("token", ""), article)
    return _page(request, article, form, status=status)


def _send(request, article, values):
    if values["website"]:
        return  # with the same thanks: a program learns nothing
    readers_comments.check_token(values["token"], article)
    sender = readers_comments.sender_of(client_address(request))
    readers_comments.send(article, values["name"], values["text"], sender)


def _page(request, article, form, *, status=200, thanks=False):
    context = {"article": article, "form": form, "thanks": thanks}
    response = page.render(request, "articles/comments.html", context, section=article.category, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response
