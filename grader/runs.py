"""A run of the shown cases, or of the learner's own input: asked for as often as one likes, recorded nowhere.

It is kept for ten minutes in the broker. One learner has a few at a time, so that nobody fills the queue of all.
"""

import json
import time
from dataclasses import asdict, dataclass, replace
from typing import Any

from redis.exceptions import RedisError

from grader import broker

KEPT_S = 600
AT_ONCE = 3  # of one learner, waiting or running


class TooManyRunsError(Exception):
    """The learner has AT_ONCE runs that are not done."""

    def __init__(self) -> None:
        super().__init__(f"{AT_ONCE} of your runs are not done yet. Wait for one of them, then run the code again.")


class RunNotFoundError(LookupError):
    """No such run: it never was, it has expired, or it is somebody else's."""


@dataclass(frozen=True, slots=True)
class Run:
    id: str
    user_id: int
    task_slug: str
    source: str
    backend: str
    status: str = "queued"  # queued, running, graded
    result: dict[str, Any] | None = None  # judge.Verdict.as_dict(), samples only; judge.OwnRun.as_dict()
    inputs: dict[str, str] | None = None  # the learner's own, as Python literals; None: the shown cases


def _key(run_id: str) -> str:
    return f"grader:run:{run_id}"


def _undone_key(user_id: int) -> str:
    return f"grader:runs:of:{user_id}"


def save_new(run: Run) -> bool:
    """Keep a new run; return False if the broker does not answer. Raises TooManyRunsError."""
    undone, now = _undone_key(run.user_id), time.time()
    try:
        with broker.client().pipeline() as pipeline:
            pipeline.zremrangebyscore(undone, "-inf", now)  # what has expired is not waited for
            pipeline.zadd(undone, {run.id: now + KEPT_S})
            pipeline.zcard(undone)
            pipeline.expire(undone, KEPT_S)
            pipeline.set(_key(run.id), json.dumps(asdict(run)), ex=KEPT_S)
            count = pipeline.execute()[2]
        if count > AT_ONCE:
            forget(run)
            raise TooManyRunsError
    except RedisError:
        return False
    return True


def advance(run: Run, *, status: str, result: dict[str, Any] | None = None) -> Run:
    """Store and return the run in its next status. A run that has expired stays expired."""
    later = replace(run, status=status, result=result)
    with broker.client().pipeline() as pipeline:
        pipeline.set(_key(run.id), json.dumps(asdict(later)), xx=True, keepttl=True)
        if status == "graded":
            pipeline.zrem(_undone_key(run.user_id), run.id)
        pipeline.execute()
    return later


def forget(run: Run) -> None:
    """Let it be as if it had never been asked for. Raises RedisError."""
    with broker.client().pipeline() as pipeline:
        pipeline.delete(_key(run.id))
        pipeline.zrem(_undone_key(run.user_id), run.id)
        pipeline.execute()


def get(run_id: str) -> Run:
    """Return a run. Raises RunNotFoundError, and RedisError where the broker does not answer."""
    kept = broker.client().get(_key(run_id))
    if kept is None:
        raise RunNotFoundError("This run has expired: runs are kept for ten minutes. Run the code again.")
    return Run(**json.loads(kept))
