"""ASGI entry point: event streams on the event loop, everything else in a few threads that stay.

Left to itself, Django gives each request under ASGI a new thread, and with it a new database connection, and crosses
between loop and thread at each middleware that is not written for both.
"""

import asyncio
import os
import re
from concurrent.futures import ThreadPoolExecutor
from string import printable
from typing import IO, Any, cast
from urllib.parse import quote

import django
from django.conf import settings
from django.core import signals
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.http.response import HttpResponseBase
from django.urls import set_script_prefix

from lms.settling import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings")
STREAMS = re.compile(r"/events/|/api/v1/(submissions|runs)/[^/]+/events/\Z")  # as in deploy/nginx/nginx.conf
THREADS = 16  # more than the cores: some wait for the database, or seconds for a broker that hangs


class BoundedHandler(ASGIHandler):
    async def read_body(self, receive: Any) -> IO[bytes]:
        """Cut a body that is larger than any view takes, whatever it was said to be; who reads it refuses it."""
        left = settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1

        async def receive_bounded() -> dict[str, Any]:
            nonlocal left
            message = await receive()
            part = message.get("body", b"")[:left]
            left -= len(part)
            return message | {"body": part, "more_body": message.get("more_body", False) and left > 0}

        return cast("IO[bytes]", await super().read_body(receive_bounded))

    def create_request(self, scope: dict[str, Any], body: IO[bytes]) -> Any:
        """Make the request with the length that its body has, and its query, if that is not UTF-8, percent-encoded."""
        if length := body.seek(0, os.SEEK_END):
            others = [(name, value) for name, value in scope["headers"] if name != b"content-length"]
            scope = scope | {"headers": [*others, (b"content-length", b"%d" % length)]}
        body.seek(0)
        return super().create_request(scope | {"query_string": quote(scope["query_string"], safe=printable)}, body)


class ThreadedHandler(BoundedHandler):
    """Django as a WSGI server runs it: a request stays in one thread from its first signal to its last."""

    def __init__(self) -> None:
        super().__init__()
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="request")

    def load_middleware(self, is_async: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 -- Django's signature
        super().load_middleware(is_async=False)

    async def handle(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        try:
            body = await self.read_body(receive)
        except RequestAborted:
            return
        respond = asyncio.get_running_loop().run_in_executor(self._threads, self._respond, scope, body)
        for message in await respond:
            await send(message)

    def _respond(self, scope: dict[str, Any], body: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        with body:
            set_script_prefix(get_script_prefix(scope))
            signals.request_started.send(sender=self.__class__, scope=scope)
            request, refusal = self.create_request(scope, body)
            response = refusal if request is None else self.get_response(request)
            try:
                return _messages(response)
            finally:
                response.close()


def _messages(response: HttpResponseBase) -> tuple[dict[str, Any], dict[str, Any]]:
    headers = [(name.encode("ascii"), value.encode("latin1")) for name, value in response.items()]
    headers += [(b"Set-Cookie", cookie.OutputString().encode("ascii")) for cookie in response.cookies.values()]
    return (
        {"type": "http.response.start", "status": response.status_code, "headers": headers},
        {"type": "http.response.body", "body": b"".join(response)},
    )


django.setup(set_prefix=False)
_on_loop = BoundedHandler()
_in_threads = ThreadedHandler()
settle()


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    is_stream = scope["type"] == "http" and STREAMS.match(scope["path"]) is not None
    await (_on_loop if is_stream else _in_threads)(scope, receive, send)
