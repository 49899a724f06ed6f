"""Redis, or the embedded Valkey: the queue itself, events, free runs and the workers' heartbeats.

Nothing that must not be lost lives here. A call gives up after a second, and those that follow at once, so that a page
never hangs on it, whatever it asks for.
"""

import json
import logging
import threading
import time
from typing import Any

import redis
import redis.asyncio
from celery import current_app
from django.conf import settings
from kombu.exceptions import OperationalError
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as LostConnectionError
from redis.exceptions import RedisError
from redis.retry import Retry
from structlog.contextvars import get_contextvars

RUN_QUEUE = "run"
GRADE_QUEUE = "grade"  # what was handed in
REGRADE_QUEUE = "regrade"  # served when nothing else waits
GPU_QUEUE = "gpu"  # torch submissions, while a worker serves it: its reference outputs come from a GPU
CONNECT_TIMEOUT_S = 1.0
ANSWER_TIMEOUT_S = 1.0
NOT_ASKED_AGAIN_S = 1.0
# One: a pooled connection may date from before a restart of the broker.
ONE_RETRY = {"max_retries": 1, "interval_start": 0}
RETRY = Retry(NoBackoff(), 1, supported_errors=(LostConnectionError,))  # silence is not broken by asking once more

logger = logging.getLogger(__name__)


class _Silence:
    """Whether the server lets questions go unanswered, as this process has noticed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._until: float | None = None

    def may_ask(self) -> bool:
        with self._lock:
            if self._until is None:
                return True
            now = time.monotonic()
            if now < self._until:
                return False
            self._until = now + CONNECT_TIMEOUT_S + ANSWER_TIMEOUT_S  # while this thread asks, the others need not
            return True

    def begin(self) -> None:
        self._until = time.monotonic() + NOT_ASKED_AGAIN_S

    def end(self) -> None:
        self._until = None


_silence = _Silence()


class ImpatientRedis(redis.Redis):
    """A client that does not ask again, for a second, a server that has just let a question go unanswered.

    Then one thread of the process asks for all. A server that refuses is asked each time: that costs nothing.
    """

    def execute_command(self, *args: Any, **options: Any) -> Any:
        """Send a command. Raises RedisError."""
        if not _silence.may_ask():
            raise redis.TimeoutError("The server did not answer a moment ago.")
        try:
            answer = super().execute_command(*args, **options)  # type: ignore[no-untyped-call]
        except redis.TimeoutError:
            _silence.begin()
            raise
        except RedisError:
            _silence.end()
            raise
        _silence.end()
        return answer


_clients: dict[str, redis.Redis] = {}  # by URL


def _new_client(url: str) -> redis.Redis:
    return ImpatientRedis.from_url(
        url,
        decode_responses=True,
        socket_connect_timeout=CONNECT_TIMEOUT_S,
        socket_timeout=ANSWER_TIMEOUT_S,
        retry=RETRY,
    )


def client() -> "redis.Redis":
    """Return this process's client; it connects at first use and after a fork makes its own connections.

    All threads that ask for the first time at once get the same one. `functools.cache` would keep the last one made,
    and the first would then be collected, closing a connection that its thread uses.
    """
    url = settings.REDIS_URL
    return _clients.get(url) or _clients.setdefault(url, _new_client(url))


def async_client() -> "redis.asyncio.Redis":
    """Return a new client for one event stream; the caller closes it."""
    return redis.asyncio.Redis.from_url(
        settings.REDIS_URL, decode_responses=True, socket_connect_timeout=CONNECT_TIMEOUT_S
    )


def queue_length(queue: str) -> int:
    """Return the number of messages in a queue that no worker has taken yet."""
    return int(client().llen(queue))


def oldest_sent(queue: str) -> float | None:
    """Return when the message that is taken next was sent; None where there is none, or where it does not say."""
    message = client().lindex(queue, -1)
    return None if message is None else json.loads(str(message))["headers"].get("sent")


def listeners(channels: str) -> int:
    """Return how many subscriptions there are to the channels that a pattern names."""
    names = client().pubsub_channels(channels)
    return sum(number for _, number in client().pubsub_numsub(*names)) if names else 0


def send_job(name: str, argument: str, *, queue: str, times: int = 1) -> bool:
    """Send a job of grader.jobs to the workers; return False, within seconds, if the broker does not answer.

    The message says when it was sent and in the course of which request, for whoever reads metrics and logs.
    """
    known = {"sent": time.time(), "request_id": get_contextvars().get("request_id")}
    try:
        client().ping()  # kombu alone would try to connect for six seconds
        for _ in range(times):
            current_app.send_task(
                f"grader.jobs.{name}",
                args=[argument],
                queue=queue,
                headers=known,
                ignore_result=True,
                retry_policy=ONE_RETRY,
            )
    except (OperationalError, RedisError, OSError) as error:
        logger.warning("%s(%s) was not sent: the broker does not answer (%s).", name, argument, error)
        return False
    return True
