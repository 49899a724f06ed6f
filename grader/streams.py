"""Server-sent events while a verdict is awaited. Only an ASGI server can stream; a WSGI server says so at once."""

import uuid
from collections.abc import Callable
from typing import Any

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.db import connection
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_GET
from redis.exceptions import RedisError

from grader import events, selectors
from grader.models import Submission
from grader.problems import problem_json
from grader.runs import RunNotFoundError


@require_GET
async def submission_events(request: HttpRequest, submission_id: uuid.UUID) -> HttpResponseBase:
    def state(user: Any) -> events.State:
        return selectors.submission_state(selectors.submission_get(user, submission_id))

    return await _stream(request, events.submission_channel(submission_id), state)


@require_GET
async def run_events(request: HttpRequest, run_id: uuid.UUID) -> HttpResponseBase:
    def state(user: Any) -> events.State:
        return selectors.run_state(selectors.run_get(user, str(run_id)))

    return await _stream(request, events.run_channel(str(run_id)), state)


async def _stream(request: HttpRequest, channel: str, state: Callable[[Any], events.State]) -> HttpResponseBase:
    if not isinstance(request, ASGIRequest):
        return problem_json(501, "This server does not stream events. Ask for the state instead.")
    user = await request.auser()
    if not user.is_authenticated:
        return problem_json(403, "Sign in to follow a submission.")

    def read() -> events.State:
        try:
            return state(user)
        finally:
            connection.close()  # a stream may wait for minutes and must not hold a connection meanwhile

    read_state = sync_to_async(read)
    try:
        await read_state()
    except (Submission.DoesNotExist, RunNotFoundError):
        return problem_json(404, "There is nothing of that name among your submissions and runs.")
    except RedisError:
        return problem_json(503, "The queue does not answer at the moment. Ask for the state instead.")
    headers = {"Cache-Control": "no-cache, no-transform", "X-Accel-Buffering": "no"}
    return StreamingHttpResponse(events.stream(channel, read_state), content_type="text/event-stream", headers=headers)
