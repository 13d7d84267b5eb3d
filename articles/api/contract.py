"""The API itself: how its addresses are declared, what it answers when something is wrong, its description."""

from functools import wraps
from inspect import signature
from typing import get_args

from django.conf import settings
from django.http import Http404, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from ninja import NinjaAPI, Schema
from ninja.errors import ValidationError
from ninja.renderers import JSONRenderer
from pydantic import Field

from articles.pagecache import tags
from articles.views import page

WRONG, NOT_FOUND, GONE = 422, 404, 410
ABOUT = """News that readers can see, as JSON. Read only, without a key.

Times are those of Vietnam (UTC+7). Texts are HTML of a small allow-list, with whole addresses. Please ask again with
`If-None-Match`: what did not change costs no bytes."""


class Problem(Schema):
    detail: str = Field(description="What is wrong, in the language of the site.")


class WrongParameter(Schema):
    name: str
    message: str


class Refusal(Problem):
    errors: list[WrongParameter]


class _Renderer(JSONRenderer):
    json_dumps_params = {"ensure_ascii": False}  # Vietnamese in half the bytes


api = NinjaAPI(
    title="Newsroom", version="1", description=ABOUT, urls_namespace="api", docs_url=None, openapi_url=None,
    renderer=_Renderer(),
)  # fmt: skip


class Gone(Exception):
    """An article that readers could see, and that was withdrawn."""

    def __init__(self, named):
        super().__init__()
        self.tags = named


class Nothing(Http404):
    """A parameter is well formed and names nothing; its message is for who asked."""


class Unknown(Exception):
    """A parameter that nobody reads; `name` is its own."""

    def __init__(self, name):
        super().__init__(name)
        self.name = name


def read(path, response, *, name, summary, gone=False):
    """Declares a view of one address for GET, as the description tells it, and for HEAD. What it reads of the query is
    the Schema of its argument `asked`."""
    answers = {200: response, NOT_FOUND: Problem, WRONG: Refusal}
    answers |= {GONE: Problem} if gone else {}

    def declare(view):
        known = _read_by(view)

        @wraps(view)
        def only_known(request, *args, **kwargs):
            if unknown := sorted(set(request.GET) - known):
                raise Unknown(unknown[0])
            return view(request, *args, **kwargs)

        shared = {"response": answers, "url_name": f"api-{name}"}
        api.get(path, summary=summary, operation_id=name, **shared)(only_known)
        api.api_operation(["HEAD"], path, include_in_schema=False, **shared)(only_known)
        return view

    return declare


def _read_by(view):
    asked = signature(view).parameters.get("asked")
    return set(get_args(asked.annotation)[0].model_fields) if asked else set()


# What is wrong

MESSAGES = {  # of pydantic's kinds of errors
    "int_parsing": gettext_lazy("A whole number is wanted."),
    "int_parsing_size": gettext_lazy("A whole number is wanted."),
    "greater_than_equal": gettext_lazy("At least %(ge)s."),
    "less_than_equal": gettext_lazy("At most %(le)s."),
    "string_too_long": gettext_lazy("At most %(max_length)s characters."),
    "enum": gettext_lazy("One of these: %(expected)s."),
    "missing": gettext_lazy("This parameter is missing."),
    "value_error": "%(error)s",
}


@api.exception_handler(ValidationError)
def _misunderstood(request, error):
    errors = [{"name": str(one["loc"][-1]), "message": _message(one)} for one in error.errors]
    return _refused(request, errors)


@api.exception_handler(Unknown)
def _unknown(request, error):
    return _refused(request, [{"name": error.name, "message": _("There is no such parameter.")}])


def _message(error):
    if words := MESSAGES.get(error["type"]):
        return str(words) % error.get("ctx", {})
    return _("This is not understood.")


def _refused(request, errors):
    detail = " ".join(f"{error['name'][:40]}: {error['message']}" for error in errors)
    response = api.create_response(request, {"detail": detail, "errors": errors}, status=WRONG)
    response["Cache-Control"] = "no-store"
    return response


def _said(error):
    return str(error) if isinstance(error, Nothing) else _("There is nothing at this address.")


@api.exception_handler(Http404)
def _not_found(request, error):
    pk = request.resolver_match.kwargs.get("pk")
    named = {tags.MISSING, *getattr(error, "tags", ()), *([tags.article(pk)] if pk else [])}
    response = api.create_response(request, {"detail": _said(error)}, status=NOT_FOUND)
    return page.keep(response, request, tags=named)


@api.exception_handler(Gone)
def _gone(request, error):
    response = api.create_response(request, {"detail": _("This article was withdrawn.")}, status=GONE)
    return page.keep(response, request, tags=error.tags)


# What it can do


@require_safe
def describe(request):
    """OpenAPI 3.1, in the name of the newspaper."""
    site, _sections = page.chrome(request)
    said = api.get_openapi_schema()
    said["info"]["title"] = site.name
    said["servers"] = [{"url": settings.SITE_URL}]
    response = JsonResponse(said, json_dumps_params={"ensure_ascii": False})
    return page.keep(response, request, tags=())
