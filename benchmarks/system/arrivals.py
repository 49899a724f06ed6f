"""When learners hand in: times that are fixed before the first request, so that a slow answer delays no other."""

import math
import random

SHAPES = ("poisson", "deadline")
_GROWTH = 3.0  # the last arrivals of `deadline` come e^3 times as fast as the first, 3.2 times the mean


def arrivals(count: int, within_s: float, shape: str, rng: random.Random) -> list[float]:
    """Return `count` times in order.

    `poisson`: a Poisson process of constant rate, given its count, is uniform. `deadline`: its rate grows exponentially
    until the end.
    """
    places = sorted(rng.random() for _ in range(count))
    if shape == "poisson":
        return [within_s * place for place in places]
    return [within_s * math.log1p(place * math.expm1(_GROWTH)) / _GROWTH for place in places]
