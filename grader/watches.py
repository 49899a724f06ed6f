"""A training that is watched: its frames are kept for ten minutes in the broker, and recorded nowhere.

`begin` makes it the learner's current one; the one before notices at its next frame, and ends.
"""

import json
import time
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from redis.exceptions import RedisError

from grader import broker

KEPT_S = 600
LONGEST_S = 75.0  # from start to end on the busiest machine: after that its worker must be gone


class WatchNotFoundError(LookupError):
    """No such watching: it never was, it has expired, or it is somebody else's."""

    def __init__(self) -> None:
        super().__init__("There is no such training: what is watched is kept for ten minutes. Start it again.")


@dataclass(frozen=True, slots=True)
class Watch:
    id: str
    user_id: int
    task_slug: str
    submission_id: str
    chosen: dict[str, str] = field(default_factory=dict)  # an option for each choice of watch.py, as it is read
    status: str = "queued"  # queued, running, ended
    started: float | None = None  # a `time.time()`
    ending: dict[str, Any] | None = None  # judge.watch.Ending.as_dict()

    @property
    def is_lost(self) -> bool:
        """Whether it began so long ago that its worker must have ended."""
        return self.status == "running" and self.started is not None and time.time() - self.started > LONGEST_S


def _key(watch_id: str) -> str:
    return f"grader:watch:{watch_id}"


def _frames_key(watch_id: str) -> str:
    return f"grader:watch:{watch_id}:frames"


def _current_key(user_id: int) -> str:
    return f"grader:watch:of:{user_id}"


def begin(watch: Watch) -> bool:
    """Keep a new one as the learner's current one; return False if the broker does not answer."""
    try:
        with broker.client().pipeline() as pipeline:
            pipeline.set(_key(watch.id), json.dumps(asdict(watch)), ex=KEPT_S)
            pipeline.set(_current_key(watch.user_id), watch.id, ex=KEPT_S)
            pipeline.execute()
    except RedisError:
        return False
    return True


def get(watch_id: str) -> Watch:
    """Raises WatchNotFoundError, and RedisError where the broker does not answer."""
    kept = broker.client().get(_key(watch_id))
    if kept is None:
        raise WatchNotFoundError
    return Watch(**json.loads(kept))


def current_id(user_id: int) -> str | None:
    """Return the id of what this learner watches, None if that was more than ten minutes ago."""
    kept = broker.client().get(_current_key(user_id))
    return None if kept is None else str(kept)


def is_current(watch: Watch) -> bool:
    return current_id(watch.user_id) == watch.id


def advance(watch: Watch, **changes: Any) -> Watch:
    """Store and return it with `changes`. What has expired stays expired."""
    later = replace(watch, **changes)
    broker.client().set(_key(watch.id), json.dumps(asdict(later)), xx=True, keepttl=True)
    return later


def add_frame(watch: Watch, frame: dict[str, Any]) -> bool:
    """Keep the next frame; return whether the learner still watches this one."""
    with broker.client().pipeline() as pipeline:
        pipeline.rpush(_frames_key(watch.id), json.dumps(frame, allow_nan=False, separators=(",", ":")))
        pipeline.expire(_frames_key(watch.id), KEPT_S)
        pipeline.get(_current_key(watch.user_id))
        *_, current = pipeline.execute()
    return bool(current == watch.id)


def frames(watch_id: str, after: int, most: int) -> list[dict[str, Any]]:
    """Return the frames from number `after` on, `most` at most; the first one is the scene."""
    return [json.loads(frame) for frame in broker.client().lrange(_frames_key(watch_id), after, after + most - 1)]


def count_frames(watch_id: str) -> int:
    """Return how many there are, the scene among them."""
    return int(broker.client().llen(_frames_key(watch_id)))
