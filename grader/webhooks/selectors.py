"""Reading webhooks, their deliveries, and what is due."""

import uuid
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db.models import Min, QuerySet
from django.urls import reverse
from django.utils import timezone

from grader.webhooks.models import PING, Delivery, DeliveryStatus, Webhook


def webhook_list(user: AbstractUser) -> QuerySet[Webhook]:
    """Return the user's own webhooks, newest first."""
    return Webhook.objects.filter(user_id=user.pk)


def delivery_list(user: AbstractUser, webhook_id: uuid.UUID) -> QuerySet[Delivery]:
    """Return what one of the user's webhooks was and will be told, newest first, with all attempts."""
    deliveries = Delivery.objects.filter(webhook_id=webhook_id, webhook__user_id=user.pk)
    return deliveries.select_related("webhook").prefetch_related("attempts")


def body_of(delivery: Delivery) -> dict[str, Any]:
    """Return what is sent, the same at every attempt. A worker, which writes `data`, does not know our addresses."""
    data = dict(delivery.data)
    if delivery.event != PING:
        data["url"] = delivery.webhook.origin + reverse("grader:api-submission", args=[data["id"]])
    occurred = delivery.occurred.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return {"type": delivery.event, "timestamp": occurred, "data": data}


def due(now: datetime) -> QuerySet[Delivery]:
    """Return what is to be sent now; what waits for a webhook that was switched off goes on waiting."""
    pending = Delivery.objects.filter(status=DeliveryStatus.PENDING, next_attempt__lte=now)
    return pending.filter(webhook__is_active=True)


def due_webhooks(now: datetime) -> list[uuid.UUID]:
    """Return the webhooks for which something is due, whoever waits longest first."""
    first = due(now).order_by().values("webhook_id").annotate(first=Min("next_attempt")).order_by("first")
    return list(first.values_list("webhook_id", flat=True))


def pending() -> tuple[int, datetime | None]:
    """Return how many deliveries are not made yet, and when the first of those that are due should have been."""
    number = Delivery.objects.filter(status=DeliveryStatus.PENDING).count()
    return number, due(timezone.now()).aggregate(first=Min("next_attempt"))["first"]
