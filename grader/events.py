"""Live verdicts: a note that something changed goes through Redis, the state itself is always read anew.

A note that is lost costs a few seconds, never the verdict: the stream also looks by itself now and then.
"""

import asyncio
import json
import logging
import time
import uuid
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from typing import Any

from redis.exceptions import RedisError

from grader import broker
from grader.persistence import AWAY

STREAM_S = 600
LOOK_AGAIN_S = 5.0
ALL_CHANNELS = "grader:events:*"
STATE_UNKNOWN = "The database does not answer at the moment. What you have submitted is kept."

State = dict[str, Any]
logger = logging.getLogger(__name__)


def submission_channel(submission_id: uuid.UUID) -> str:
    return f"grader:events:submission:{submission_id}"


def run_channel(run_id: str) -> str:
    return f"grader:events:run:{run_id}"


def watch_channel(watch_id: str) -> str:
    return f"grader:events:watch:{watch_id}"


def publish_submission(submission_id: uuid.UUID) -> None:
    _publish(submission_channel(submission_id))


def publish_run(run_id: str) -> None:
    _publish(run_channel(run_id))


def publish_watch(watch_id: str) -> None:
    _publish(watch_channel(watch_id))


def _publish(channel: str) -> None:
    try:
        broker.client().publish(channel, "changed")
    except RedisError as error:
        logger.warning("Nobody was told about %s: the broker does not answer (%s).", channel, error)


async def stream(channel: str, read_state: Callable[[], Awaitable[State]], event: str) -> AsyncGenerator[str]:
    """Yield server-sent events called `event`: the state now, then each change, and a comment while nothing happens.

    Ends once the state is `graded`, or after ten minutes; EventSource then connects again by itself.
    """
    yield "retry: 2000\n\n"
    ends = time.monotonic() + STREAM_S
    sent: State | None = None
    async with aclosing(_changes(channel)) as changes:
        async for _ in changes:  # the first comes once the subscription stands, so that no change falls in between
            state = await _read_unless_away(read_state)
            yield f"event: {event}\ndata: {json.dumps(state)}\n\n" if state != sent else ": still waiting\n\n"
            sent = state
            if state["status"] == "graded" or time.monotonic() > ends:
                return


async def _read_unless_away(read_state: Callable[[], Awaitable[State]]) -> State:
    try:
        return await read_state()
    except AWAY as error:
        logger.warning("An event stream waits: the database does not answer (%s).", error)
        return {"status": "paused", "reason": STATE_UNKNOWN}


async def frames(channel: str, first: int, read: Callable[[int], Awaitable[State]]) -> AsyncGenerator[str]:
    """Yield server-sent events with the frames from number `first` on as they come; the last one says how it ended.

    The id of each event is the number of the next frame: EventSource sends it when it connects again.
    """
    yield "retry: 1000\n\n"
    ends = time.monotonic() + STREAM_S
    position = first
    told = ""
    async with aclosing(_changes(channel)) as changes:
        async for _ in changes:
            more = True
            while more:
                state = await read(position)
                more, position = state["more"], state["next"]
                news = bool(state["frames"]) or state["status"] != told
                told = state["status"]
                event = f"id: {position}\nevent: frames\ndata: {json.dumps(state)}\n\n"
                yield event if news else ": nothing new\n\n"
            if told == "ended" or time.monotonic() > ends:
                return


async def _changes(channel: str) -> AsyncGenerator[None]:
    """Yield when it is worth looking: at once, at each note, and every few seconds (also without a broker)."""
    while True:
        try:
            async with broker.async_client() as client, client.pubsub() as notes:
                await notes.subscribe(channel)
                while True:
                    yield
                    await _next_note(notes)
        except (RedisError, OSError):
            yield
            await asyncio.sleep(LOOK_AGAIN_S)


async def _next_note(notes: Any) -> None:
    """Wait for a note, at most LOOK_AGAIN_S. The confirmation of the subscription is no note."""
    ends = time.monotonic() + LOOK_AGAIN_S
    while (left := ends - time.monotonic()) > 0:
        if await notes.get_message(ignore_subscribe_messages=True, timeout=left):
            return
