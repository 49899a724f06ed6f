"""Bring back what a dead broker or a dead worker left behind. Two sweepers at once do no harm."""

import logging
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from redis.exceptions import RedisError

from grader import broker, grading, health, heartbeats, services
from grader.models import KeptAnswer, Submission
from grader.webhooks.services import forget_old

MESSAGE_MAY_BE_LOST_S = 10
ANSWERS_KEPT = timedelta(hours=24)  # to requests with an Idempotency-Key

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SweepReport:
    released: int
    enqueued: int


def sweep() -> SweepReport:
    """Take claims from workers that are gone, and enqueue every waiting row that no message speaks of.

    Old deliveries of webhooks are forgotten, and answers that are kept for requests sent twice, when nobody will send
    the request again.
    """
    KeptAnswer.objects.filter(created__lt=timezone.now() - ANSWERS_KEPT).delete()
    forget_old()
    return SweepReport(released=_release_dead_claims(), enqueued=_enqueue_forgotten())


def _release_dead_claims() -> int:
    running = Submission.objects.filter(status=Submission.Status.RUNNING).select_related("task")
    expired = Now() - timedelta(seconds=settings.CLAIM_EXPIRES_S)  # by the clock that stamped them
    expired_pks = set(running.filter(claimed_at__lt=expired).values_list("pk", flat=True))
    dead = [each for each in running if each.pk in expired_pks or _is_gone(each.claimed_by)]
    for submission in dead:
        logger.warning("Submission %s: its worker %s is gone.", submission.pk, submission.claimed_by)
        grading.release(submission)
    return len(dead)


def _is_gone(name: str) -> bool:
    try:
        return heartbeats.is_gone(name)
    except RedisError:
        return False  # not known without the broker; the claim expires by the clock


def _enqueue_forgotten() -> int:
    """Enqueue rows without a message, and old rows while there are fewer messages than rows: some were lost."""
    if health.jail_is_broken():
        return 0
    forgotten = Q(enqueued_at=None)
    if _messages_are_missing():
        forgotten |= Q(enqueued_at__lt=timezone.now() - timedelta(seconds=MESSAGE_MAY_BE_LOST_S))
    queued = Submission.objects.filter(status=Submission.Status.QUEUED)
    enqueued = 0
    rows = queued.filter(forgotten).order_by("queued_at").values_list("pk", "backend", "enqueued_at")
    for pk, backend, enqueued_at in rows:
        seen = Q(enqueued_at=enqueued_at) if enqueued_at else Q(enqueued_at=None)
        if queued.filter(seen, pk=pk).update(enqueued_at=timezone.now()):
            if not services.enqueue(pk, backend):
                break
            enqueued += 1
    return enqueued


def _messages_are_missing() -> bool:
    waiting = Submission.objects.filter(status=Submission.Status.QUEUED).count()
    try:
        return _messages() < waiting
    except RedisError:
        return False


def _messages() -> int:
    """Return how many messages wait where a worker will take them: not those that a GPU worker left when it went."""
    messages = broker.queue_length(broker.GRADE_QUEUE)
    return messages + broker.queue_length(broker.GPU_QUEUE) if heartbeats.gpu_is_served() else messages
