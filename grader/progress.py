"""How far a grading that takes longer has come, for whoever waits: kept for a moment in the broker alone."""

import logging
import time
from collections.abc import Callable

from redis.exceptions import RedisError

from grader import broker

FIRST_AFTER_S = 0.3  # what is over sooner needs no numbers
EVERY_S = 0.25
KEPT_S = 120

logger = logging.getLogger(__name__)


class Progress:
    """Called with the number of the case that runs and how many there are, as often as one likes.

    `key` stands for one grading, a claim or a run, so that nobody reads what an earlier one left behind; `publish`
    tells that there is something new.
    """

    def __init__(self, key: object, publish: Callable[[], None]) -> None:
        self._key = _key(key)
        self._publish = publish
        self._due = time.monotonic() + FIRST_AFTER_S

    def __call__(self, case: int, cases: int) -> None:
        now = time.monotonic()
        if now < self._due:
            return
        self._due = now + EVERY_S
        try:
            broker.client().set(self._key, f"{case} {cases}", ex=KEPT_S)
        except RedisError as error:
            logger.warning("Nobody is told how far a grading is: the broker does not answer (%s).", error)
        else:
            self._publish()


def read(key: object) -> dict[str, int]:
    """Return {"case": 3, "cases": 12}, or {} where nothing was told (yet)."""
    try:
        told = broker.client().get(_key(key))
    except RedisError:
        return {}
    if told is None:
        return {}
    case, cases = str(told).split()
    return {"case": int(case), "cases": int(cases)}


def _key(key: object) -> str:
    return f"grader:progress:{key}"
