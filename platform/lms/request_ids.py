"""One id for each request: in its answer, and in every line that is logged on its way."""

import logging
import re
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from asgiref.sync import iscoroutinefunction
from django.http import HttpRequest, HttpResponseBase
from django.utils.decorators import sync_and_async_middleware

HEADER = "X-Request-ID"
ALLOWED = re.compile(r"[A-Za-z0-9._-]{1,64}")

# Never reset: an answer's status is logged after all middleware, a stream lives on after it, and each request sets it.
_current: ContextVar[str] = ContextVar("request_id", default="-")


@sync_and_async_middleware
def request_ids(get_response: Callable[[HttpRequest], Any]) -> Callable[[HttpRequest], Any]:
    """Take the request's id from its header where it can be used, else make one."""
    if iscoroutinefunction(get_response):

        async def on_loop(request: HttpRequest) -> HttpResponseBase:
            return _marked(await get_response(_begun(request)))

        return on_loop

    def in_thread(request: HttpRequest) -> HttpResponseBase:
        return _marked(get_response(_begun(request)))

    return in_thread


def _begun(request: HttpRequest) -> HttpRequest:
    sent = request.headers.get(HEADER, "")
    _current.set(sent if ALLOWED.fullmatch(sent) else uuid.uuid4().hex)
    return request


def _marked(response: HttpResponseBase) -> HttpResponseBase:
    response.headers[HEADER] = _current.get()
    return response


class RequestIdFilter(logging.Filter):
    """Give each record the `request_id` of the request in whose course it is made, "-" outside of any."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = _current.get()
        return True
