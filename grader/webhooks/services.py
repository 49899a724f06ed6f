"""What happens to webhooks and deliveries.

The life of a delivery is one of conditional UPDATEs: an attempt is counted, and the next one scheduled, before it is
made. So two sweepers never make the same attempt, and one that is killed on the way leaves what is due again later.
"""

import uuid
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from grader.models import GradingRun, Submission
from grader.services import FullError
from grader.webhooks import selectors
from grader.webhooks.models import PING, Attempt, Delivery, DeliveryStatus, Event, Webhook

MOST_WEBHOOKS = 10
RETRY_AFTER_S = (10, 60, 300, 1800, 7200, 21_600)
MOST_TRIES = 1 + len(RETRY_AFTER_S)
GIVEN_UP_AFTER_S = 60  # a last attempt that was cut off
KEPT_FOR = timedelta(days=30)
AT_A_TIME = 1000


@transaction.atomic
def webhook_create(*, user: AbstractUser, url: str, events: list[str], is_active: bool, origin: str) -> Webhook:
    """Have an address called from now on. Raises ValidationError."""
    from grader.webhooks.sending import make_secret

    get_user_model().objects.select_for_update().get(pk=user.pk)  # two at once would both count one too few
    if selectors.webhook_list(user).count() >= MOST_WEBHOOKS:
        raise FullError(f"You have {MOST_WEBHOOKS} webhooks, which is the most. Delete one first.")
    return Webhook.objects.create(
        user_id=user.pk, url=url, events=events, is_active=is_active, origin=origin, secret=make_secret()
    )


def webhook_change(webhook: Webhook, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(webhook, name, value)
    webhook.save(update_fields=list(fields))


def webhook_delete(webhook: Webhook) -> None:
    webhook.delete()


def queue_graded(submission: Submission, run: GradingRun) -> None:
    """Tell of a verdict, in the transaction that stores it.

    A worker's database role reads these columns and no others.
    """
    if not settings.WEBHOOKS:
        return
    active = Webhook.objects.filter(user_id=submission.user_id, is_active=True).order_by().values_list("pk", "events")
    listening = [pk for pk, events in active if Event.GRADED in events]
    if not listening:
        return
    data = {
        "id": str(submission.pk),
        "task": submission.task.slug,
        "backend": submission.backend,
        "status": Submission.Status.GRADED.value,
        "verdict": str(run.verdict),
        "score": run.score,
        "max_score": run.max_score,
    }
    Delivery.objects.bulk_create(
        Delivery(webhook_id=pk, event=Event.GRADED, data=data, occurred=run.finished) for pk in listening
    )


def queue_ping(webhook: Webhook) -> Delivery:
    return Delivery.objects.create(
        webhook=webhook, event=PING, data={"webhook": str(webhook.pk)}, occurred=timezone.now()
    )


def replay(delivery: Delivery) -> Delivery:
    """Tell the same once more, as a delivery of its own."""
    return Delivery.objects.create(
        webhook=delivery.webhook, event=delivery.event, data=delivery.data, occurred=delivery.occurred
    )


# --- what the sweeper does -------------------------------------------------------------------------------------------


@transaction.atomic
def claim_next(webhook_id: uuid.UUID) -> tuple[Delivery, Attempt] | None:
    """Begin the next attempt that is due for a webhook; return None if there is none, or others are at all of them."""
    now = timezone.now()
    rows = selectors.due(now).filter(webhook_id=webhook_id, tries__lt=MOST_TRIES).select_related("webhook")
    for delivery in rows.order_by("next_attempt", "created")[:10]:
        pauses: Sequence[int] = (*RETRY_AFTER_S, GIVEN_UP_AFTER_S)
        next_attempt = now + timedelta(seconds=pauses[delivery.tries])
        seen = Delivery.objects.filter(pk=delivery.pk, status=DeliveryStatus.PENDING, tries=delivery.tries)
        if seen.update(tries=delivery.tries + 1, next_attempt=next_attempt):
            delivery.tries += 1
            return delivery, Attempt.objects.create(delivery=delivery, at=now)
    return None


@transaction.atomic
def settle(delivery: Delivery, attempt: Attempt, *, status_code: int | None, error: str, ms: int) -> None:
    """Write down how an attempt ended: it has arrived if there is no `error`."""
    Attempt.objects.filter(pk=attempt.pk).update(status_code=status_code, error=error, ms=ms)
    pending = Delivery.objects.filter(pk=delivery.pk, status=DeliveryStatus.PENDING)
    if not error:
        pending.update(status=DeliveryStatus.DELIVERED, next_attempt=None)
    elif delivery.tries >= MOST_TRIES:
        pending.update(status=DeliveryStatus.FAILED, next_attempt=None)


def give_up_cut_off() -> int:
    """Let deliveries fail whose last attempt never ended; return how many."""
    cut_off = Delivery.objects.filter(
        status=DeliveryStatus.PENDING, tries__gte=MOST_TRIES, next_attempt__lte=timezone.now()
    )
    return cut_off.update(status=DeliveryStatus.FAILED, next_attempt=None)


def forget_old() -> int:
    """Delete deliveries that nobody asks for any more; return how many."""
    old = Delivery.objects.filter(created__lt=Now() - KEPT_FOR).order_by("created")
    pks = list(old.values_list("pk", flat=True)[:AT_A_TIME])
    if pks:  # else nothing is written: the sweeper comes by every few seconds
        Delivery.objects.filter(pk__in=pks).delete()
    return len(pks)
