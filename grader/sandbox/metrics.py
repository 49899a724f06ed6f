"""What a sandbox has done so far, as plain numbers for a heartbeat or a page."""

import statistics
from collections import Counter, deque
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any


@dataclass(slots=True)
class CanaryMetrics:
    """Attacks of our own since the sandbox was made, counted by whoever runs them (canaries.py)."""

    ran: int = 0
    failed: int = 0  # could not be run, by our fault: they tell nothing
    last: datetime | None = None
    breaches: list[str] = field(default_factory=list)  # walls that did not hold
    took_s: deque[float] = field(default_factory=lambda: deque(maxlen=100))

    def as_dict(self) -> dict[str, Any]:
        """Return everything as JSON-ready data."""
        return {
            "ran": self.ran,
            "could_not_run": self.failed,
            "last": None if self.last is None else self.last.isoformat(timespec="seconds"),
            "breaches": self.breaches,
            "median_ms": _median_ms(self.took_s),
        }

    def count(self, wall: str, took_s: float, *, succeeded: bool) -> None:
        """Note that the attack on `wall` was run."""
        self.ran += 1
        self.last = datetime.now(UTC)
        self.took_s.append(took_s)
        if succeeded and wall not in self.breaches:
            self.breaches.append(wall)


@dataclass(slots=True)
class Metrics:
    """Counts since the sandbox was made. Everything is of this process alone."""

    ends: Counter[str] = field(default_factory=Counter)  # runs by status
    errors: int = 0  # runs that failed by our fault
    openings: int = 0  # zygotes that were put to use
    recycled: int = 0  # of them in place of an old one
    crashes: int = 0  # zygotes that ended by themselves
    refill_s: deque[float] = field(default_factory=lambda: deque(maxlen=100))  # from fork to locked down
    canaries: CanaryMetrics = field(default_factory=CanaryMetrics)

    def as_dict(self) -> dict[str, Any]:
        """Return everything as JSON-ready data."""
        return {
            "runs": sum(self.ends.values()),
            "ends": dict(sorted(self.ends.items())),
            "errors": self.errors,
            "openings": self.openings,
            "recycled": self.recycled,
            "crashes": self.crashes,
            "refill_ms": _median_ms(self.refill_s),
            "canaries": self.canaries.as_dict(),
        }


def _median_ms(times_s: deque[float]) -> float | None:
    kept = tuple(times_s)  # other threads may add to it meanwhile
    return round(1000 * statistics.median(kept), 2) if kept else None
