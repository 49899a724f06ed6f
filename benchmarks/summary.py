"""A list of times in a few numbers."""

import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Summary:
    """Median, 95th percentile and least of `n` times, in milliseconds."""

    n: int
    median: float
    p95: float
    least: float

    @classmethod
    def of(cls, seconds: Sequence[float]) -> "Summary":
        ordered = sorted(1e3 * value for value in seconds)
        p95 = ordered[round(0.95 * (len(ordered) - 1))]
        return cls(len(ordered), round(statistics.median(ordered), 3), round(p95, 3), round(ordered[0], 3))

    def as_dict(self) -> dict[str, float]:
        return asdict(self)
