"""What the API takes and gives of webhooks."""

from typing import Any

from rest_framework import serializers

from grader.api.fields import Flag, Sent, Text
from grader.webhooks import selectors
from grader.webhooks.addresses import url_problem
from grader.webhooks.models import Attempt, Delivery, Event, Webhook, all_events


class EventsField(serializers.ListField):
    def __init__(self, **kwargs: Any) -> None:
        choice = serializers.ChoiceField(
            Event.choices,
            error_messages={"invalid_choice": "“{input}” is not an event. There are: " + ", ".join(Event.values) + "."},
        )
        super().__init__(child=choice, allow_empty=False, min_length=1, **kwargs)


class WebhookSerializer(Sent, serializers.ModelSerializer[Webhook]):
    """An address that is called with a POST for each event."""

    url = Text(max_length=500, help_text="http:// or https://, at a public address.")
    events = EventsField(default=all_events)
    is_active = Flag(default=True, help_text="Off: nothing is sent, and nothing new is queued.")

    class Meta:
        model = Webhook
        fields = ["id", "url", "events", "is_active", "created"]
        read_only_fields = ["created"]

    def validate_url(self, url: str) -> str:
        if problem := url_problem(url):
            raise serializers.ValidationError(problem)
        return url


class WebhookMadeSerializer(WebhookSerializer):
    class Meta(WebhookSerializer.Meta):
        fields = [*WebhookSerializer.Meta.fields, "secret"]
        read_only_fields = ["created", "secret"]


class AttemptSerializer(serializers.ModelSerializer[Attempt]):
    class Meta:
        model = Attempt
        fields = ["at", "status_code", "error", "ms"]


class DeliverySerializer(serializers.ModelSerializer[Delivery]):
    """One event for one webhook, with every attempt to tell it."""

    attempts = AttemptSerializer(many=True)
    body = serializers.SerializerMethodField()

    class Meta:
        model = Delivery
        fields = ["id", "event", "status", "created", "attempts", "next_attempt", "body"]

    def get_body(self, delivery: Delivery) -> dict[str, Any]:
        return selectors.body_of(delivery)


class QueuedSerializer(serializers.ModelSerializer[Delivery]):
    class Meta:
        model = Delivery
        fields = ["id", "event", "status", "created"]
