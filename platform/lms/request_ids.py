"""One id for each request: in its answer, and in every line that is logged on its way, to the verdict of a worker."""

import re
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from asgiref.sync import iscoroutinefunction
from django.http import HttpRequest, HttpResponseBase
from django.utils.decorators import sync_and_async_middleware
from django.utils.functional import SimpleLazyObject
from structlog.contextvars import bind_contextvars, clear_contextvars
from structlog.typing import EventDict

HEADER = "X-Request-ID"
ALLOWED = re.compile(r"[A-Za-z0-9._-]{1,64}")

# Neither this nor the id is ever reset: an answer's status is logged after all middleware, a stream lives on after it,
# and each request sets both.
_current: ContextVar[HttpRequest | None] = ContextVar("request", default=None)


@sync_and_async_middleware
def request_ids(get_response: Callable[[HttpRequest], Any]) -> Callable[[HttpRequest], Any]:
    """Take the request's id from its header where it can be used, else make one."""
    if iscoroutinefunction(get_response):

        async def on_loop(request: HttpRequest) -> HttpResponseBase:
            request_id = _begin(request)
            return _marked(await get_response(request), request_id)

        return on_loop

    def in_thread(request: HttpRequest) -> HttpResponseBase:
        request_id = _begin(request)
        return _marked(get_response(request), request_id)

    return in_thread


def _begin(request: HttpRequest) -> str:
    sent = request.headers.get(HEADER, "")
    request_id = sent if ALLOWED.fullmatch(sent) else uuid.uuid4().hex
    _current.set(request)
    clear_contextvars()
    bind_contextvars(request_id=request_id)
    return request_id


def _marked(response: HttpResponseBase, request_id: str) -> HttpResponseBase:
    response.headers[HEADER] = request_id
    return response


def add_user_id(_logger: Any, _method: str, line: EventDict) -> EventDict:
    """Name who asked, if that is known already: a line of a log is no reason to ask the database."""
    request = _current.get()
    if request is not None and (pk := getattr(_known_user(request), "pk", None)) is not None:
        line["user_id"] = pk
    return line


def _known_user(request: HttpRequest) -> Any:
    user = request.__dict__.get("user")  # REST framework puts whom a token belongs to in place of Django's lazy one
    return getattr(request, "_cached_user", None) if user is None or type(user) is SimpleLazyObject else user
