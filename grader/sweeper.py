"""Bring back what a dead broker or a dead worker left behind. Two sweepers at once do no harm."""

import logging
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db.models.functions import Now
from redis.exceptions import RedisError

from grader import grading, health, heartbeats, turns
from grader.models import KeptAnswer, Queue, Submission
from grader.webhooks.services import forget_old

ANSWERS_KEPT = timedelta(hours=24)  # to requests with an Idempotency-Key

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SweepReport:
    released: int
    enqueued: int


def sweep() -> SweepReport:
    """Take claims from workers that are gone, and send a turn for every waiting row that there is none for.

    Old deliveries of webhooks are forgotten, and answers that are kept for requests sent twice, when nobody will send
    the request again: by the database's clock, for one that jumps here must not cut a promise short.
    """
    KeptAnswer.objects.filter(created__lt=Now() - ANSWERS_KEPT).delete()
    forget_old()
    report = SweepReport(released=_release_dead_claims(), enqueued=_send_turns())
    with suppress(RedisError):
        heartbeats.sweeper_passed()
    return report


def _release_dead_claims() -> int:
    pending = Submission.objects.exclude(status=Submission.Status.GRADED)  # by their index
    running = pending.filter(status=Submission.Status.RUNNING).select_related("task")
    expires = timedelta(seconds=settings.CLAIM_EXPIRES_S)
    released = 0
    for submission in running.annotate(now=Now()):  # the clock that stamped the claims
        held = submission.now - (submission.claimed_at or submission.now)
        if held > expires or _is_gone(submission.claimed_by):
            logger.warning("Submission %s: its worker %s is gone.", submission.pk, submission.claimed_by)
            grading.release(submission, held=held)
            released += 1
    return released


def _is_gone(name: str) -> bool:
    try:
        return heartbeats.is_gone(name)
    except RedisError:
        return False  # not known without the broker; the claim expires by the clock


def _send_turns() -> int:
    """Send the turns that were lost, or never sent: no queue goes on with fewer messages than rows for long."""
    if health.jail_is_broken():
        return 0
    try:
        gpu_is_served = heartbeats.gpu_is_served()
    except RedisError:
        return 0
    if not gpu_is_served:
        turns.leave_gpu()
    return sum(turns.top_up(queue) for queue in Queue)
