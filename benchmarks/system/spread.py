"""A list of times in percentiles."""

import math
from collections.abc import Sequence

SHARES = {"p50": 0.50, "p95": 0.95, "p99": 0.99, "max": 1.0}


def spread(seconds: Sequence[float]) -> dict[str, float]:
    """Return n and milliseconds: the least value that a share of all does not exceed (nearest rank, never between)."""
    ordered = sorted(seconds)
    n = len(ordered)
    found = {name: round(1e3 * ordered[max(0, math.ceil(share * n) - 1)], 1) for name, share in SHARES.items() if n}
    return {"n": n, **found}
