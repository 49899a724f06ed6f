"""What holds for every answer under /api/, whichever layer it comes from: errors are problems, and limits are told."""

from collections.abc import Callable
from typing import Any, cast

from asgiref.sync import iscoroutinefunction
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.decorators import sync_and_async_middleware

from grader.problems import CONTENT_TYPE, OUR_FAULT, problem_json

ROOT = "/api/"
CHARSETS = {"utf-8", "utf8", "us-ascii", "ascii"}


@sync_and_async_middleware
def api_answers(get_response: Callable[[HttpRequest], Any]) -> Callable[[HttpRequest], Any]:
    if iscoroutinefunction(get_response):

        async def on_loop(request: HttpRequest) -> HttpResponseBase:
            return _refusal(request) or _finished(request, await get_response(request))

        return on_loop

    def in_thread(request: HttpRequest) -> HttpResponseBase:
        return _refusal(request) or _finished(request, get_response(request))

    return in_thread


def _refusal(request: HttpRequest) -> HttpResponse | None:
    """Return the answer to a request whose headers nothing further in could read; none where it can be read."""
    if not request.path_info.startswith(ROOT):
        return None
    try:
        request.get_host()
    except DisallowedHost:
        return problem_json(400, "This server has another name than the header Host says. Ask it by one that it knows.")
    charset = (request.content_params or {}).get("charset", "utf-8")
    if charset.lower() not in CHARSETS:
        return problem_json(400, f"The charset {charset!a} is not read here: JSON is written in UTF-8.")
    if not request.headers.get("Authorization", "").isascii():
        return problem_json(400, "The header Authorization holds characters that are not ASCII. No token has them.")
    return None


def _finished(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    if quotas := getattr(request, "rate_limits", None):
        response.headers["RateLimit-Policy"] = ", ".join(quota.policy for quota in quotas)
        response.headers["RateLimit"] = ", ".join(quota.state for quota in quotas)
    if response.status_code >= 400 and request.path_info.startswith(ROOT):
        return _as_problem(request, response)
    return response


def _as_problem(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Put a problem in the place of a page for people, such as Django's own errors are; headers stay."""
    if response.streaming or response.headers.get("Content-Type") == CONTENT_TYPE:
        return response
    page = cast("HttpResponse", response)
    page.content = problem_json(page.status_code, _detail(request, page)).content
    for name in ("Content-Encoding", "Content-Length", "ETag"):
        page.headers.pop(name, None)
    page.headers["Content-Type"] = CONTENT_TYPE
    return page


def _detail(request: HttpRequest, response: HttpResponse) -> str:
    if response.status_code >= 500:
        return OUR_FAULT
    if response.status_code == 405:
        return f"{request.method} is not possible at {request.path}. Possible: {response.headers.get('Allow', '')}."
    if response.status_code == 404:
        return f"There is nothing at {request.path}. The API is described at /api/docs/."
    if response.status_code == 403:
        return (
            "The request lacks the CSRF token of its session. Send it in the header X-CSRFToken, or sign in by a token."
        )
    if response.status_code == 412:
        return "What is here is not, or not any more, what If-Match or If-Unmodified-Since names. Read it once more."
    return (
        "The request cannot be read: its headers, its address or its body are malformed. /api/docs/ describes the API."
    )
