"""Where somebody wants to be told of verdicts, what is told, and every attempt to tell it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

CUT_OFF = "The attempt was cut off: the sweeper ended before there was an answer."


class Event(models.TextChoices):
    GRADED = "submission.graded"


PING = "ping"  # sent when asked for, whatever a webhook listens to


def all_events() -> list[str]:
    return list(Event.values)


class Webhook(models.Model):
    """An address that is called for each event.

    The secret is kept readable, unlike a token: a signature is made with the key itself, which no hash gives back.
    So it is out of reach for the workers' database role, and never shown after it was made.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="webhooks")
    url = models.CharField(max_length=500)
    origin = models.CharField(max_length=300)  # under which its owner reached us: links in bodies begin with it
    secret = models.CharField(max_length=80)
    events = models.JSONField(default=all_events)
    is_active = models.BooleanField(default=True)
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-created", "-id"]

    def __str__(self) -> str:
        return self.url


class DeliveryStatus(models.TextChoices):
    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"


class Delivery(models.Model):
    """One event for one webhook. `data` is what happened, as it was at `occurred`.

    There is no constraint on `webhook`: a webhook that goes in the moment of a verdict must not take the verdict along.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries", db_constraint=False)
    event = models.CharField(max_length=40)
    data = models.JSONField()
    occurred = models.DateTimeField()
    created = models.DateTimeField(default=timezone.now)
    status = models.CharField(max_length=10, choices=DeliveryStatus.choices, default=DeliveryStatus.PENDING)
    tries = models.PositiveSmallIntegerField(default=0)  # attempts that have begun
    next_attempt = models.DateTimeField(null=True, default=timezone.now)

    class Meta:
        ordering = ["-created", "-id"]
        verbose_name_plural = "deliveries"
        indexes = [
            models.Index(fields=["webhook", "-created"], name="delivery_history"),
            models.Index(fields=["created"], name="delivery_age"),
            models.Index(fields=["next_attempt"], condition=Q(status="pending"), name="delivery_due"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.id}: {self.status}"


class Attempt(models.Model):
    """One time that a delivery was sent. Written before it is sent, so that what was cut off is not forgotten."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="attempts")
    at = models.DateTimeField(default=timezone.now)
    status_code = models.PositiveSmallIntegerField(null=True)  # of the answer, if there was one
    error = models.CharField(max_length=300, default=CUT_OFF)  # empty: it has arrived
    ms = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.status_code or ''} {self.error}"
