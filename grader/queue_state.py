"""What waits: how much in which queue, and since when."""

import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q
from django.utils import timezone
from redis.exceptions import RedisError

from grader import broker
from grader.models import Queue, Submission


@dataclass(frozen=True, slots=True)
class QueueState:
    name: str
    length: int
    oldest_s: float  # since when the oldest one waits; 0 where nothing does


@dataclass(frozen=True, slots=True)
class Pending:
    """Everything that is not graded yet."""

    queues: list[QueueState]
    queued: int
    running: int
    retried: int  # of both, those that a worker was lost with before


def pending() -> Pending:
    """Count, in the index of what is not graded, and in the broker the runs, which are nowhere else."""
    rows = _rows()
    waiting = [row for row in rows if row["status"] == Submission.Status.QUEUED]
    queues = [_queue_of_rows(queue, [row for row in waiting if row["queue"] == queue]) for queue in Queue.values]
    queued = sum(row["number"] for row in waiting)
    running = sum(row["number"] for row in rows) - queued
    return Pending([*_run_queue(), *queues], queued, running, sum(row["retried"] for row in rows))


def _rows() -> list[dict[str, Any]]:
    """Return number and oldest by status and queue."""
    counted = Submission.objects.exclude(status=Submission.Status.GRADED).order_by().values("status", "queue")
    retried = Count("pk", filter=Q(attempts__gt=1))
    return [dict(row) for row in counted.annotate(number=Count("pk"), oldest=Min("queued_at"), retried=retried)]


def _queue_of_rows(name: str, rows: list[dict[str, Any]]) -> QueueState:
    oldest: list[datetime] = [row["oldest"] for row in rows]
    age = (timezone.now() - min(oldest)).total_seconds() if oldest else 0.0
    return QueueState(name, sum(row["number"] for row in rows), max(0.0, age))


def _run_queue() -> list[QueueState]:
    """Return the queue of runs, unless the broker is away: nobody knows then."""
    try:
        length, sent = broker.queue_length(broker.RUN_QUEUE), broker.oldest_sent(broker.RUN_QUEUE)
    except RedisError:
        return []
    return [QueueState(broker.RUN_QUEUE, length, 0.0 if sent is None else max(0.0, time.time() - sent))]
