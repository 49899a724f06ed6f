"""A run of the shown cases, or of the learner's own input: asked for as often as one likes, recorded nowhere.

It is kept for ten minutes in the broker.
"""

import json
from dataclasses import asdict, dataclass, replace
from typing import Any

from redis.exceptions import RedisError

from grader import broker

KEPT_S = 600


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


def save_new(run: Run) -> bool:
    """Keep a new run; return False if the broker does not answer."""
    try:
        broker.client().set(_key(run.id), json.dumps(asdict(run)), ex=KEPT_S)
    except RedisError:
        return False
    return True


def advance(run: Run, *, status: str, result: dict[str, Any] | None = None) -> Run:
    """Store and return the run in its next status. A run that has expired stays expired."""
    later = replace(run, status=status, result=result)
    broker.client().set(_key(run.id), json.dumps(asdict(later)), xx=True, keepttl=True)
    return later


def get(run_id: str) -> Run:
    """Return a run. Raises RunNotFoundError, and RedisError where the broker does not answer."""
    kept = broker.client().get(_key(run_id))
    if kept is None:
        raise RunNotFoundError("This run has expired: runs are kept for ten minutes. Run the code again.")
    return Run(**json.loads(kept))
