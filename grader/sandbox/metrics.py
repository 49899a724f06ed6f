"""What a sandbox has done so far, as plain numbers for a heartbeat or a page."""

import statistics
from collections import Counter, deque
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Metrics:
    """Counts since the sandbox was made. Everything is of this process alone."""

    ends: Counter[str] = field(default_factory=Counter)  # runs by status
    errors: int = 0  # runs that failed by our fault
    openings: int = 0  # zygotes that were put to use
    recycled: int = 0  # of them in place of an old one
    crashes: int = 0  # zygotes that ended by themselves
    refill_s: deque[float] = field(default_factory=lambda: deque(maxlen=100))  # from fork to locked down
    canaries: dict[str, Any] | None = None  # what the last round of attacks found, put here by whoever runs them

    def as_dict(self) -> dict[str, Any]:
        """Return everything as JSON-ready data."""
        refill = statistics.median(self.refill_s) if self.refill_s else None
        return {
            "runs": sum(self.ends.values()),
            "ends": dict(sorted(self.ends.items())),
            "errors": self.errors,
            "openings": self.openings,
            "recycled": self.recycled,
            "crashes": self.crashes,
            "refill_ms": None if refill is None else round(1000 * refill, 2),
            "canaries": self.canaries,
        }
