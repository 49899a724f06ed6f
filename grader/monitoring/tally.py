"""Every verdict, counted once: how many of which kind, and how long each phase took.

The counts and the number of the last grading run in them are one value in the broker, so that they never disagree;
whoever reads them first adds what has come since. A broker that forgets them has the count begin anew at 0, which
Prometheus expects of counters; deleted accounts take nothing away, as counting rows would.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from grader import broker
from grader.models import GradingRun

KEY = "grader:tally"
LOCK_S = 10
# A run with a smaller number may be stored a moment after one with a larger: let rows settle before they are counted.
SETTLES_S = 2.0
AT_ONCE = 10_000
BUCKETS_S = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 1800.0)
KINDS = FIRST, REGRADE = ("first", "regrade")
COLUMNS = ("pk", "number", "verdict", "submission__backend", "queued", "claimed", "started", "finished")


@dataclass(slots=True)
class Times:
    """How long one phase took: numbers by bucket, the last one for what took longer, and the sum of all."""

    buckets: list[int] = field(default_factory=lambda: [0] * (len(BUCKETS_S) + 1))
    sum: float = 0.0

    def add(self, seconds: float) -> None:
        place = next((i for i, most in enumerate(BUCKETS_S) if seconds <= most), len(BUCKETS_S))
        self.buckets[place] += 1
        self.sum += seconds


@dataclass(slots=True)
class Tally:
    """By "verdict backend kind" and "phase backend kind"; the kind tells a submission's first run from later ones."""

    last: int
    verdicts: dict[str, int] = field(default_factory=dict)
    phases: dict[str, Times] = field(default_factory=dict)

    def add(self, run: dict[str, Any]) -> None:
        labels = f"{run['submission__backend']} {FIRST if run['number'] == 1 else REGRADE}"
        verdict = f"{run['verdict']} {labels}"
        self.verdicts[verdict] = self.verdicts.get(verdict, 0) + 1
        for phase, seconds in phases_of(run["queued"], run["claimed"], run["started"], run["finished"]):
            self.phases.setdefault(f"{phase} {labels}", Times()).add(seconds)
        self.last = run["pk"]


def phases_of(
    queued: datetime, claimed: datetime | None, started: datetime | None, finished: datetime
) -> Iterator[tuple[str, float]]:
    """Yield name and seconds of each phase that a grading run went through."""
    spans = {"wait": (queued, claimed), "start": (claimed, started), "judge": (started, finished)}
    for name, (begin, end) in {**spans, "total": (queued, finished)}.items():
        if begin is not None and end is not None:
            yield name, max(0.0, (end - begin).total_seconds())


def read() -> Tally:
    """Return the counts up to now. Raises RedisError, DatabaseError."""
    client = broker.client()
    if not client.set(f"{KEY}:lock", 1, nx=True, ex=LOCK_S):  # somebody else is at it
        return _kept() or Tally(last=0)
    try:
        tally = _kept()
        if tally is None:
            newest = GradingRun.objects.order_by("-pk").values_list("pk", flat=True).first()
            tally = Tally(last=newest or 0)
        for run in _since(tally.last):
            tally.add(run)
        client.set(KEY, json.dumps(asdict(tally)))
    finally:
        client.delete(f"{KEY}:lock")
    return tally


def _kept() -> Tally | None:
    kept = broker.client().get(KEY)
    if kept is None:
        return None
    read = json.loads(str(kept))
    return Tally(read["last"], read["verdicts"], {name: Times(**times) for name, times in read["phases"].items()})


def _since(last: int) -> Iterator[dict[str, Any]]:
    settled = timezone.now() - timedelta(seconds=SETTLES_S)
    for run in GradingRun.objects.filter(pk__gt=last).order_by("pk").values(*COLUMNS)[:AT_ONCE]:
        if run["finished"] > settled:
            return
        yield run
