"""Writing what must not be lost while the database is restarted, full or cut off: again, until it is stored."""

import logging
import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import InterfaceError, OperationalError, connection

AWAY = (OperationalError, InterfaceError)
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.2, 2.0

Given = ParamSpec("Given")
Stored = TypeVar("Stored")
logger = logging.getLogger(__name__)


def until_stored(write: Callable[Given, Stored]) -> Callable[Given, Stored]:
    """Have `write` done again while the database is away: it must do no harm the second time.

    In a worker the limit on a job's time ends this; a claim that is left then expires.
    """

    @wraps(write)
    def again(*args: Given.args, **kwargs: Given.kwargs) -> Stored:
        pause_s = FIRST_PAUSE_S
        while True:
            try:
                return write(*args, **kwargs)
            except AWAY as error:
                if connection.in_atomic_block:  # whoever opened the transaction begins it anew, or nobody can
                    raise
                logger.warning("%s waits: the database does not answer (%s).", write.__name__, error)
                connection.close()
            time.sleep(pause_s)
            pause_s = min(2 * pause_s, LONGEST_PAUSE_S)

    return again
