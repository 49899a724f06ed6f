"""How many submissions wait for their verdict, and whether more may."""

import threading
import time

from django.conf import settings

from grader.models import Queue, Submission

COUNT_KEPT_S = 1.0

_lock = threading.Lock()
_counted: tuple[float, bool] = (float("-inf"), False)


def is_full() -> bool:
    """Tell whether QUEUE_MAX submissions wait for their first verdict.

    Counted once a second by each process, so that the usual POST asks for no count: what all of them take in within
    that second may come on top.
    """
    global _counted  # noqa: PLW0603 -- one count for all threads of the process
    with _lock:
        now = time.monotonic()
        if now - _counted[0] > COUNT_KEPT_S:
            _counted = (now, _count() >= settings.QUEUE_MAX)
        return _counted[1]


def _count() -> int:
    """Count no further than matters, in the index of what waits; regrades keep nobody from handing in."""
    fresh = Submission.objects.filter(status=Submission.Status.QUEUED, queue__in=[Queue.GRADE, Queue.GPU])
    return fresh.order_by()[: settings.QUEUE_MAX].count()
