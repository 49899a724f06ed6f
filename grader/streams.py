"""Server-sent events while a verdict is awaited. Only an ASGI server can stream; a WSGI server says so at once."""

import uuid
from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import Any

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.db import connection
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_GET
from redis.exceptions import RedisError

from grader import events, selectors, watching
from grader.models import Submission
from grader.problems import problem_json
from grader.runs import RunNotFoundError
from grader.watches import WatchNotFoundError


@require_GET
async def submission_events(request: HttpRequest, submission_id: uuid.UUID) -> HttpResponseBase:
    def state(user: Any) -> events.State:
        return selectors.submission_state(selectors.submission_get(user, submission_id))

    return await _stream(request, state, partial(events.stream, events.submission_channel(submission_id)))


@require_GET
async def run_events(request: HttpRequest, run_id: uuid.UUID) -> HttpResponseBase:
    def state(user: Any) -> events.State:
        return selectors.run_state(selectors.run_get(user, str(run_id)))

    return await _stream(request, state, partial(events.stream, events.run_channel(str(run_id))))


@require_GET
async def watch_events(request: HttpRequest, watch_id: uuid.UUID) -> HttpResponseBase:
    first = watching.frame_number(request.headers.get("Last-Event-ID", ""))  # sent when a browser connects again

    def state(user: Any, after: int = first) -> events.State:
        return watching.state(watching.get(user, str(watch_id)), after)

    return await _stream(request, state, partial(events.frames, events.watch_channel(str(watch_id)), first))


async def _stream(
    request: HttpRequest, state: Callable[..., events.State], tell: Callable[[Any], AsyncIterator[str]]
) -> HttpResponseBase:
    """`state(user)` is what is told; `tell` makes the events, and is given it as a function to wait for."""
    if not isinstance(request, ASGIRequest):
        return problem_json(501, "This server does not stream events. Ask for the state instead.")
    user = await request.auser()
    if not user.is_authenticated:
        return problem_json(403, "Sign in to follow a submission.")

    def read(*position: int) -> events.State:
        try:
            return state(user, *position)
        finally:
            connection.close()  # a stream may wait for minutes and must not hold a connection meanwhile

    read_state = sync_to_async(read)
    try:
        await read_state()
    except (Submission.DoesNotExist, RunNotFoundError, WatchNotFoundError):
        return problem_json(404, "There is nothing of that name among your submissions and runs.")
    except RedisError:
        return problem_json(503, "The queue does not answer at the moment. Ask for the state instead.")
    headers = {"Cache-Control": "no-cache, no-transform", "X-Accel-Buffering": "no"}
    return StreamingHttpResponse(tell(read_state), content_type="text/event-stream", headers=headers)
