"""What works and what does not, in words: for the operator (/readyz) and for a learner who waits."""

from dataclasses import dataclass, field
from typing import Any

from django.db import DatabaseError, connection
from redis.exceptions import RedisError

from grader import broker, heartbeats


@dataclass(frozen=True, slots=True)
class PartHealth:
    ok: bool
    reason: str = ""
    layers: dict[str, bool] = field(default_factory=dict)  # of the jail, by name: whether it holds on every worker
    processes: list[dict[str, Any]] = field(default_factory=list)  # of the workers, each with what its sandboxes did

    def as_dict(self) -> dict[str, Any]:
        state: dict[str, Any] = {"state": _word(ok=self.ok), "reason": self.reason}
        details = {"layers": self.layers, "processes": self.processes}
        return state | {name: value for name, value in details.items() if value}


def _word(*, ok: bool) -> str:
    return "ok" if ok else "failed"


def readiness() -> dict[str, PartHealth]:
    """Ask the database, the broker, the workers and their jails; each answers within seconds."""
    return {"database": _database(), "broker": _broker(), **_workers_and_jail()}


def _database() -> PartHealth:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        return PartHealth(ok=False, reason=f"The database does not answer: {error}".strip())
    return PartHealth(ok=True)


def _broker() -> PartHealth:
    try:
        broker.client().ping()
    except RedisError as error:
        return PartHealth(ok=False, reason=f"The broker does not answer: {error}".strip())
    return PartHealth(ok=True)


def _workers_and_jail() -> dict[str, PartHealth]:
    try:
        everybody = heartbeats.worker_states()
    except RedisError:
        unknown = PartHealth(ok=False, reason="Unknown while the broker does not answer.")
        return {"workers": unknown, "jail": unknown}
    states = _graders(everybody)
    processes = [_process(state) for state in everybody]
    if not states:
        nobody = "No worker runs. Start one: celery -A lms.celery_app worker -Q run,grade,regrade"
        return {
            "workers": PartHealth(ok=False, reason=nobody, processes=processes),
            "jail": PartHealth(ok=False, reason="Unknown while no worker runs."),
        }
    broken = [state for state in states if not state.jail_works]
    reasons = "; ".join(sorted({f"{state.host}: {state.reason} {state.remedy}".strip() for state in broken}))
    return {
        "workers": PartHealth(ok=True, reason=f"{len(states)} worker processes", processes=processes),
        "jail": PartHealth(ok=not _all_broken(states), reason=reasons, layers=_layers(states)),
    }


def _process(state: heartbeats.WorkerState) -> dict[str, Any]:
    """Return what one worker process did, in numbers; `reason` of the jail says the rest in words."""
    return {
        "host": state.host,
        "pid": state.pid,
        "seen": state.seen,
        "queues": state.queues,
        "jail": _word(ok=state.jail_works),
        "sandboxes": {sandbox["kind"]: sandbox for sandbox in state.sandboxes},
    }


def workers() -> list[heartbeats.WorkerState]:
    """Return the state of every living worker process, none while the broker does not answer."""
    try:
        return heartbeats.worker_states()
    except RedisError:
        return []


def _layers(states: list[heartbeats.WorkerState]) -> dict[str, bool]:
    found: dict[str, bool] = {}
    for layer in [layer for state in states for layer in state.layers]:
        found[layer["name"]] = found.get(layer["name"], True) and layer["holds"]
    return found


def why_paused() -> str:
    """Return why nothing is graded at the moment, in a sentence for learners; "" if grading works."""
    try:
        states = _graders(heartbeats.worker_states())
    except RedisError:
        return "Grading is paused: the queue does not answer. What you submit is kept and graded afterwards."
    if not states:
        return "Grading is paused: no grading worker is running. What you submit is kept and graded afterwards."
    if _all_broken(states):
        return "Grading is paused: the sandbox is not available. What you submit is kept and graded afterwards."
    return ""


def graders(queue: str) -> int:
    """Return how many worker processes can grade what is in a queue at this moment; 0 where nobody knows."""
    return sum(state.jail_works and queue in state.queues for state in workers())


def jail_is_broken() -> bool:
    """Tell whether there are workers and none of them can grade: then there is no use in sending them jobs."""
    try:
        return _all_broken(_graders(heartbeats.worker_states()))
    except RedisError:
        return False


def _graders(states: list[heartbeats.WorkerState]) -> list[heartbeats.WorkerState]:
    """Return the workers that take every submission: one with a GPU alone leaves those in NumPy waiting."""
    return [state for state in states if broker.GRADE_QUEUE in state.queues]


def _all_broken(states: list[heartbeats.WorkerState]) -> bool:
    return bool(states) and not any(state.jail_works for state in states)
