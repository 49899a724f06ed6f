"""Server-sent events while a verdict is awaited. Only an ASGI server can stream; a WSGI server says so at once.

The pages' streams and those of the API are the same views; they differ in who may be signed in how.
"""

import uuid
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine
from contextlib import aclosing
from functools import update_wrapper
from typing import Any

from asgiref.sync import sync_to_async
from django.contrib.auth.models import AbstractUser
from django.core.handlers.asgi import ASGIRequest
from django.db import connection
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from grader import events, selectors, watching
from grader.admission import Admission, NotAdmittedError
from grader.api.authentication import PageAuthentication
from grader.api.schema import problems
from grader.learner import learner_of
from grader.models import Submission

CONTENT_TYPE = "text/event-stream"
FOR_PAGES: dict[str, Any] = {
    "authentication_classes": [PageAuthentication],
    "throttle_classes": [],
    "event": "status",
    "schema": None,
}
ReadState = Callable[..., Awaitable[events.State]]


class StreamEventSerializer(serializers.Serializer[Any]):
    """One event of a stream."""

    event = serializers.ChoiceField(["state"])
    data = serializers.CharField(help_text="The state, as JSON.")  # type: ignore[assignment]  # a field of that name


class StreamsNowhere(exceptions.APIException):
    status_code = status.HTTP_501_NOT_IMPLEMENTED
    default_detail = "This server does not stream events. Ask for the state instead, and again until it is graded."


class _EventsView(APIView):
    """A stream is opened by an ordinary request of the API, in a thread, and goes on without it on the event loop."""

    scopes = {"GET": "read"}
    event = "state"

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Any:
        admit = super().as_view(**initkwargs)

        async def view(request: HttpRequest, pk: uuid.UUID) -> HttpResponseBase:
            answer = await sync_to_async(admit)(request, pk=pk)
            streams = request.method == "GET" and answer.status_code == status.HTTP_200_OK
            return cls(**initkwargs).stream(request, pk) if streams else answer

        return update_wrapper(view, admit)

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:  # noqa: ARG002, FBT001, FBT002 -- rest_framework's signature
        return super().perform_content_negotiation(request, force=True)

    def get(self, request: Request, pk: uuid.UUID) -> Response:
        if not isinstance(request._request, ASGIRequest):  # noqa: SLF001 -- what the server made
            raise StreamsNowhere
        self._read(learner_of(request), pk)
        return Response()

    def stream(self, request: HttpRequest, pk: uuid.UUID) -> StreamingHttpResponse:
        user, admission = learner_of(request), Admission(request)

        def read_admitted(*position: int) -> events.State:
            admission.check()
            return self._read(user, pk, *position)

        def read(*position: int) -> Coroutine[Any, Any, events.State]:
            return sync_to_async(read_admitted)(*position)

        headers = {"Cache-Control": "no-cache, no-transform", "X-Accel-Buffering": "no"}
        told = _while_admitted(self.tell(request, pk, read))
        return StreamingHttpResponse(told, content_type=CONTENT_TYPE, headers=headers)

    def _read(self, user: AbstractUser, pk: uuid.UUID, *position: int) -> events.State:
        try:
            return self.state(user, pk, *position)
        except Submission.DoesNotExist:
            raise exceptions.NotFound("There is no such submission among yours.") from None
        finally:
            connection.close()  # a stream may wait for minutes and must not hold a connection meanwhile

    def state(self, user: AbstractUser, pk: uuid.UUID, *position: int) -> events.State:
        """Return what is told."""
        raise NotImplementedError

    def tell(self, request: HttpRequest, pk: uuid.UUID, read: ReadState) -> AsyncGenerator[str]:
        """Make the events out of the state, which `read` waits for."""
        raise NotImplementedError


async def _while_admitted(told: AsyncGenerator[str]) -> AsyncGenerator[str]:
    """End the stream, without an error, once its reader has lost the right to it or what it tells of is deleted."""
    async with aclosing(told):
        try:
            async for event in told:
                yield event
        except (NotAdmittedError, exceptions.NotFound):
            return


def _described(what: str) -> Any:
    return extend_schema(
        summary=f"Follow {what} as server-sent events",
        description="Each event is called `state`; its data is the state as JSON. The stream ends once `status` is "
        "`graded`, or after ten minutes: connect again then. 501 where the server does not stream.",
        responses={(200, CONTENT_TYPE): StreamEventSerializer, **problems(501)},
    )


class SubmissionEvents(_EventsView):
    @_described("one of your submissions")  # type: ignore[untyped-decorator]  # drf_spectacular's has none
    def get(self, request: Request, pk: uuid.UUID) -> Response:
        return super().get(request, pk)

    def state(self, user: AbstractUser, pk: uuid.UUID, *_position: int) -> events.State:
        return selectors.submission_state(selectors.submission_get(user, pk))

    def tell(self, _request: HttpRequest, pk: uuid.UUID, read: ReadState) -> AsyncGenerator[str]:
        return events.stream(events.submission_channel(pk), read, self.event)


class RunEvents(_EventsView):
    @_described("one of your runs")  # type: ignore[untyped-decorator]  # the same
    def get(self, request: Request, pk: uuid.UUID) -> Response:
        return super().get(request, pk)

    def state(self, user: AbstractUser, pk: uuid.UUID, *_position: int) -> events.State:
        return selectors.run_state(selectors.run_get(user, str(pk)))

    def tell(self, _request: HttpRequest, pk: uuid.UUID, read: ReadState) -> AsyncGenerator[str]:
        return events.stream(events.run_channel(str(pk)), read, self.event)


class WatchEvents(_EventsView):
    def state(self, user: AbstractUser, pk: uuid.UUID, *position: int) -> events.State:
        return watching.state(watching.get(user, str(pk)), *position or (0,))

    def tell(self, request: HttpRequest, pk: uuid.UUID, read: ReadState) -> AsyncGenerator[str]:
        first = watching.frame_number(request.headers.get("Last-Event-ID", ""))  # sent when a browser connects again
        return events.frames(events.watch_channel(str(pk)), first, read)
