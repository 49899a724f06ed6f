"""What staff see of the queue and the workers: now, and over the latest verdicts."""

import statistics
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from redis.exceptions import RedisError

from grader import health, heartbeats, queue_state
from grader.models import GradingRun, Submission, Verdict
from grader.monitoring.tally import phases_of

LATEST = 2000  # verdicts that are looked at, however many the last hour had
RETRIED_SHOWN = 20
MINUTES = (1, 5, 15, 60)
PHASES = {"wait": "waiting in the queue", "start": "start", "judge": "judging", "total": "from submission to verdict"}


@dataclass(frozen=True, slots=True)
class Recent:
    """The verdicts of the last hour, or as many of them as are looked at."""

    since: datetime
    throughput: list[tuple[int, int | None]]  # minutes, and verdicts within them; None: more than are looked at
    verdicts: list[tuple[str, int, float]]  # its words, number, share in percent
    phases: list[tuple[str, float, float]]  # its words, p50 and p95 in seconds


def recent() -> Recent:
    """Look at the newest grading runs, in the order of their numbers: there is no index by time, nor need for one."""
    now = timezone.now()
    columns = ("verdict", "queued", "claimed", "started", "finished")
    newest = list(GradingRun.objects.order_by("-pk").values(*columns)[:LATEST])
    hour = [run for run in newest if run["finished"] > now - timedelta(hours=1)]
    since = min((run["finished"] for run in hour), default=now) if len(hour) == LATEST else now - timedelta(hours=1)
    return Recent(since, list(_throughput(hour, now, since)), _verdicts(hour), list(_phases(hour)))


def _throughput(runs: list[dict[str, Any]], now: datetime, since: datetime) -> Iterable[tuple[int, int | None]]:
    for minutes in MINUTES:
        begin = now - timedelta(minutes=minutes)
        yield minutes, sum(run["finished"] > begin for run in runs) if begin >= since else None


def _verdicts(runs: list[dict[str, Any]]) -> list[tuple[str, int, float]]:
    counted = Counter(run["verdict"] for run in runs)
    return [(str(Verdict(code).label), number, 100 * number / len(runs)) for code, number in counted.most_common()]


def _phases(runs: list[dict[str, Any]]) -> Iterable[tuple[str, float, float]]:
    times: dict[str, list[float]] = {}
    for run in runs:
        for phase, seconds in phases_of(run["queued"], run["claimed"], run["started"], run["finished"]):
            times.setdefault(phase, []).append(seconds)
    for phase, words in PHASES.items():
        if found := times.get(phase):
            yield words, statistics.median(found), _p95(found)


def _p95(found: list[float]) -> float:
    return sorted(found)[min(len(found) - 1, int(0.95 * len(found)))]


def overview() -> dict[str, Any]:
    """Return everything that the page shows."""
    return {
        "now": timezone.now(),
        "paused": health.why_paused(),
        "pending": queue_state.pending(),
        "recent": recent(),
        "workers": _workers(),
        "retried": list(_pending_rows().filter(attempts__gt=1).order_by("queued_at")[:RETRIED_SHOWN]),
        "sweeper_s": _sweeper_s(),
    }


def _pending_rows() -> Any:
    columns = ("id", "status", "backend", "attempts", "queued_at", "claimed_by", "claimed_at")
    return Submission.objects.exclude(status=Submission.Status.GRADED).only(*columns)


def _workers() -> list[dict[str, Any]]:
    """Return every living process with the submission that it grades, and last those that hold one and live no more."""
    claimed = {row.claimed_by: row for row in _pending_rows().filter(status=Submission.Status.RUNNING)}
    living = [{"state": state, "submission": claimed.pop(state.name, None)} for state in health.workers()]
    return [*living, *({"state": None, "submission": row} for row in claimed.values())]


def _sweeper_s() -> float | None:
    """Return how many seconds ago a sweeper was round, None where nobody knows."""
    try:
        last = heartbeats.sweeper_last_pass()
    except RedisError:
        return None
    return None if last is None else max(0.0, time.time() - last)
