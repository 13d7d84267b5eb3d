"""The pages of the door: proving the second factor, setting one up, the recovery codes, the password once more, and
a person's own sign-ins. Wired by articles/desk.py."""

import json
from functools import wraps
from urllib.parse import quote

import segno
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseBadRequest, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from articles import vietnamese
from articles.editorial import trail
from articles.models import TrailEntry

from . import factors, lockout, login, passkeys, sessions

ANSWER = 64 * 1024  # bytes: more than any passkey says
EVENTS = 50  # of a page
# What of the trail is about signing in.
ACTIONS = [
    *("sign_in", "sign_out", "second_factor", "password", "confirm", "session_over", "sign_out_everywhere"),
    *("factor_add", "factor_remove", "factor_reset", "recovery_codes"),
]


def fresh(view):
    """Asks for the password again where it was given long ago. What was sent is not kept: it says so."""

    @wraps(view)
    def asked(request, *args, **kwargs):
        return view(request, *args, **kwargs) if sessions.is_fresh(request) else ask_again(request)

    return asked


def ask_again(request):
    if request.method == "POST":
        messages.warning(request, _("Nothing was saved: give your password, then do it once more."))
        back = request.headers.get("Referer", "")
        back = back if _is_ours(request, back) else reverse("admin:index")
    else:
        back = request.get_full_path()
    return HttpResponseRedirect(f"{reverse('admin:confirm')}?{urlencode({'next': back})}")


@require_http_methods(["GET", "POST"])
def verify(request):
    """The second factor, after the password."""
    if sessions.step(request) != sessions.PENDING:
        return HttpResponseRedirect(_next(request))
    form = login.CodeForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        factors.note_use(request.user, form.kind)
        sessions.admit(request)
        if form.kind == factors.RECOVERY:
            messages.warning(request, _("This recovery code is spent. If your phone is lost, set up another one here."))
            return HttpResponseRedirect(reverse("admin:sign_ins"))
        return HttpResponseRedirect(_next(request))
    has_passkey = passkeys.are_possible() and request.user.passkeys.exists()
    context = {"title": _("Second factor"), "form": form, "has_passkey": has_passkey}
    return _page(request, "verify", context, status=429 if form.is_locked else 200)


@require_http_methods(["GET", "POST"])
def enrol(request):
    """Set up an app or a passkey: the first one, or one more."""
    if sessions.step(request) not in {"", sessions.ENROL}:
        return HttpResponseRedirect(reverse("admin:verify"))
    if not sessions.is_fresh(request):
        return ask_again(request)
    key = request.session.get("totp") or request.session.setdefault("totp", factors.new_key())
    form = login.TotpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if factors.add_totp(request.user, key, form.cleaned_data["code"]):
            del request.session["totp"]
            return HttpResponseRedirect(_enrolled(request))
        form.add_error("code", _("This code is not right. Is the phone's clock set automatically?"))
    address = factors.address_of(request.user, key)
    context = {
        "title": _("Set up the second factor"),
        "form": form,
        "picture": segno.make(address, micro=False).svg_data_uri(scale=5, border=3, light="#ffffff"),
        "address": address,
        "key": " ".join(_fours(address.partition("secret=")[2].partition("&")[0])),
        "passkeys": passkeys.are_possible(),
        "must": factors.needs(request.user) and not factors.has(request.user),
    }
    return _page(request, "enrol", context)


def _fours(text):
    return [text[start : start + 4] for start in range(0, len(text), 4)]


def _enrolled(request):
    """One more factor is there; who had none gets recovery codes before anything else."""
    first = not request.user.recovery_codes.exists()
    sessions.admit(request, sessions.CODES if first else sessions.VERIFIED)
    return reverse("admin:codes" if first else "admin:sign_ins")


@require_http_methods(["GET", "POST"])
def codes(request):
    """Ten new recovery codes, in the answer to the button and never again."""
    if sessions.step(request) not in {"", sessions.CODES} or not factors.has(request.user):
        return HttpResponseRedirect(reverse("admin:enrol"))
    if not sessions.is_fresh(request):
        return ask_again(request)
    made = []
    if request.method == "POST":
        made = factors.make_codes(request.user)
        sessions.admit(request)
    context = {"title": _("Recovery codes"), "codes": made, "file": quote("\r\n".join(made)), "next": _next(request)}
    return _page(request, "codes", context)


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def confirm(request):
    form = login.ConfirmForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        sessions.confirm(request)
        return HttpResponseRedirect(_next(request))
    return _page(request, "confirm", {"title": _("Your password, once more"), "form": form, "next": _next(request)})


# Passkeys, for static/js/passkey.js


@require_POST
def passkey_begin(request):
    """What the browser needs: to make a passkey, or to show one, by how far the session is let in."""
    if not passkeys.are_possible():
        raise Http404
    if sessions.step(request) == sessions.PENDING:
        try:
            options, request.session["passkey"] = passkeys.begin_using(request.user)
        except passkeys.Refused as error:
            raise Http404 from error
    elif sessions.is_fresh(request):
        options, request.session["passkey"] = passkeys.begin_adding(request.user)
    else:
        return JsonResponse({"next": reverse("admin:confirm")}, status=403)
    return JsonResponse(options)


@require_POST
def passkey_finish(request):
    """The browser's answer: {"next": where to go} or {"error": what to say}. A challenge is asked once."""
    state, step = request.session.pop("passkey", None), sessions.step(request)
    try:
        sent = json.loads(request.body[:ANSWER])
        answer, name = sent["answer"], str(sent.get("name", ""))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return HttpResponseBadRequest()
    try:
        if state is None or step == sessions.CODES:
            raise passkeys.Refused
        if step == sessions.PENDING:
            return _use_passkey(request, state, answer)
        passkeys.add(request.user, state, answer, vietnamese.clean_line(name)[:60])
    except passkeys.Refused:
        trail.record(request.user, "second_factor", request.user, outcome=trail.FAILED)
        return JsonResponse({"error": _("The passkey was not accepted. Try again, or use the app.")}, status=403)
    return JsonResponse({"next": _enrolled(request)})


def _use_passkey(request, state, answer):
    knocked, who = login.knock_factor(request.user, request)
    if knocked.wait:
        return JsonResponse({"error": login.say_wait(knocked.wait)}, status=429)
    used = passkeys.use(request.user, state, answer)
    lockout.open_door(knocked, who)
    factors.note_use(request.user, used.name, used.pk)
    sessions.admit(request)
    return JsonResponse({"next": _next(request)})


# A person's own sign-ins


@require_GET
def sign_ins(request):
    events = TrailEntry.objects.filter(person=request.user.get_username(), action__in=ACTIONS)[:EVENTS]
    context = {
        "title": _("Your sign-ins"),
        "open": sessions.open_ones(request.user),
        "here": request.session.session_key,
        "events": [(event, trail.name_of_action(event.action), _detail(event)) for event in events],
        "factors": factors.own(request.user),
        "needs_factor": factors.needs(request.user),
        "codes_left": request.user.recovery_codes.count(),
        "passkeys": passkeys.are_possible(),
    }
    return _page(request, "sign_ins", context)


def _detail(event):
    """The browser of a sign-in, the factor that was used or came: what stands in the entry."""
    said = [value for pair in event.changes.values() for value in pair if isinstance(value, str)]
    return ", ".join(str(KINDS.get(value, value)) for value in said)


KINDS = {factors.TOTP: gettext_lazy("Authenticator app"), factors.RECOVERY: gettext_lazy("Recovery code")}


@require_POST
def sign_ins_end(request):
    """One session, or all but this one, or this one too."""
    which = request.POST.get("which", "")
    if which.isascii() and which.isdecimal() and len(which) < 19:
        sessions.end_all(request.user, keep=request.session.session_key, pk=int(which))
        messages.success(request, _("That session is ended."))
    else:
        trail.record(request.user, "sign_out_everywhere", request.user)
        ended = sessions.end_all(request.user, keep="" if which == "everywhere" else request.session.session_key)
        if which == "everywhere":
            request.session.flush()
            return HttpResponseRedirect(reverse("admin:login"))
        messages.success(request, _("Sessions ended: %(number)d. Here you stay signed in.") % {"number": ended})
    return HttpResponseRedirect(reverse("admin:sign_ins"))


@require_POST
@fresh
def factor_remove(request):
    pk = request.POST.get("pk", "")
    try:
        factors.remove(request.user, request.POST.get("kind"), int(pk) if pk.isascii() and pk.isdecimal() else 0)
        messages.success(request, _("The second factor is removed."))
    except ValidationError as error:
        messages.error(request, error.message)
    return HttpResponseRedirect(reverse("admin:sign_ins"))


def _page(request, name, context, status=200):
    base = admin.site.each_context(request)
    if sessions.step(request):  # the menu leads nowhere yet
        base |= {"has_permission": False, "available_apps": []}
    return TemplateResponse(request, f"admin/identity/{name}.html", {**base, **context}, status=status)


def _next(request):
    asked = request.POST.get("next") or request.GET.get("next", "")
    return asked if _is_ours(request, asked) else reverse("admin:index")


def _is_ours(request, url):
    return url_has_allowed_host_and_scheme(url, allowed_hosts={request.get_host()}, require_https=request.is_secure())
