"""One's own webhooks, and what became of each delivery."""

import uuid
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.throttling import BaseThrottle

from grader.api.pages import NewestFirst
from grader.api.permissions import HasScope
from grader.api.resources import ListResource, OneResource, Resource
from grader.api.schema import problems
from grader.api.scopes import Scope
from grader.api.throttles import WebhookThrottle
from grader.learner import learner_of
from grader.webhooks import selectors, services
from grader.webhooks.api import serializers
from grader.webhooks.models import Delivery, Webhook

SIGNED = (
    "Each POST is signed as the Standard Webhooks specification has it: `webhook-id` (the same at every attempt), "
    "`webhook-timestamp` and `webhook-signature: v1,base64(HMAC-SHA256(key, id.timestamp.body))`, where the key is "
    "what stands after `whsec_` in the secret, decoded from base64. What is not answered with 2xx within 5 s is sent "
    "again after 10 s, 1 min, 5 min, 30 min, 2 h and 6 h."
)


class WebhooksAreOn(BasePermission):
    """Nothing calls out from here unless the operator wants it."""

    message = (
        "Webhooks are switched off on this server. Its operator switches them on with the setting WEBHOOKS=1; "
        "docs/operating.md says what that opens."
    )

    def has_permission(self, request: Request, view: Any) -> bool:  # noqa: ARG002 -- rest_framework's signature
        return request.method != "POST" or bool(settings.WEBHOOKS)


class _WebhookView(Resource):
    permission_classes = [IsAuthenticated, HasScope, WebhooksAreOn]

    def get_throttles(self) -> list[BaseThrottle]:
        return [WebhookThrottle()] if self.request.method == "POST" else super().get_throttles()

    def own_webhooks(self) -> QuerySet[Webhook]:
        if getattr(self, "swagger_fake_view", False):
            return Webhook.objects.none()
        return selectors.webhook_list(learner_of(self.request))

    def own_deliveries(self) -> QuerySet[Delivery]:
        if getattr(self, "swagger_fake_view", False):
            return Delivery.objects.none()
        return selectors.delivery_list(learner_of(self.request), self.kwargs["webhook_id"])

    def queued(self, delivery: Delivery) -> Response:
        url = reverse("grader:api-delivery", args=[delivery.webhook_id, delivery.pk], request=self.request)
        return Response(serializers.QueuedSerializer(delivery).data, status=202, headers={"Location": url})


class WebhooksView(_WebhookView, ListResource[Webhook]):
    scopes = {"GET": Scope.ACCOUNT, "POST": Scope.ACCOUNT}
    serializer_class = serializers.WebhookSerializer
    pagination_class = NewestFirst

    def get_queryset(self) -> QuerySet[Webhook]:
        return self.own_webhooks()

    @extend_schema(
        summary="List your webhooks, newest first",
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        summary="Have an address called for each verdict",
        description=SIGNED,
        request=serializers.WebhookSerializer,
        responses={201: serializers.WebhookMadeSerializer, **problems(409)},
    )
    def post(self, request: Request) -> Response:
        asked = serializers.WebhookSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        origin = request.build_absolute_uri("/").removesuffix("/")
        webhook = services.webhook_create(user=learner_of(request), **asked.validated_data, origin=origin)
        url = reverse("grader:api-webhook", args=[webhook.pk], request=request)
        return Response(serializers.WebhookMadeSerializer(webhook).data, status=201, headers={"Location": url})


class WebhookView(_WebhookView, OneResource[Webhook]):
    scopes = {"GET": Scope.ACCOUNT, "PATCH": Scope.ACCOUNT, "DELETE": Scope.ACCOUNT}
    serializer_class = serializers.WebhookSerializer
    lookup_url_kwarg = "webhook_id"

    def get_queryset(self) -> QuerySet[Webhook]:
        return self.own_webhooks()

    @extend_schema(
        summary="Read a webhook",
        responses={200: serializers.WebhookSerializer},
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        summary="Change a webhook, or switch it off and on",
        responses={200: serializers.WebhookSerializer},
    )
    def patch(self, request: Request, webhook_id: uuid.UUID) -> Response:  # noqa: ARG002 -- get_object reads it
        webhook = self.get_object()
        asked = self.get_serializer(webhook, data=request.data, partial=True)
        asked.is_valid(raise_exception=True)
        services.webhook_change(webhook, **asked.validated_data)
        return Response(self.get_serializer(webhook).data)

    @extend_schema(summary="Delete a webhook with its deliveries", responses={204: None})
    def delete(self, request: Request, webhook_id: uuid.UUID) -> Response:  # noqa: ARG002 -- get_object reads it
        services.webhook_delete(self.get_object())
        return Response(status=204)


class PingView(_WebhookView):
    scopes = {"POST": Scope.ACCOUNT}

    @extend_schema(
        summary="Try a webhook: send it a ping",
        request=None,
        responses={202: serializers.QueuedSerializer},
    )
    def post(self, request: Request, webhook_id: uuid.UUID) -> Response:  # noqa: ARG002 -- rest_framework's signature
        return self.queued(services.queue_ping(generics.get_object_or_404(self.own_webhooks(), pk=webhook_id)))


@extend_schema(
    summary="List what a webhook was and will be told, newest first",
    responses={200: serializers.DeliverySerializer(many=True)},
)
class DeliveriesView(_WebhookView, ListResource[Delivery]):
    scopes = {"GET": Scope.ACCOUNT}
    serializer_class = serializers.DeliverySerializer
    pagination_class = NewestFirst

    def get_queryset(self) -> QuerySet[Delivery]:
        if not getattr(self, "swagger_fake_view", False):
            generics.get_object_or_404(self.own_webhooks(), pk=self.kwargs["webhook_id"])
        return self.own_deliveries()


@extend_schema(
    summary="Read a delivery: body, attempts",
    responses={200: serializers.DeliverySerializer},
)
class DeliveryView(_WebhookView, OneResource[Delivery]):
    scopes = {"GET": Scope.ACCOUNT}
    serializer_class = serializers.DeliverySerializer
    lookup_url_kwarg = "delivery_id"

    def get_queryset(self) -> QuerySet[Delivery]:
        return self.own_deliveries()


class ReplayView(_WebhookView):
    scopes = {"POST": Scope.ACCOUNT}

    @extend_schema(
        summary="Send the body of a delivery once more",
        request=None,
        responses={202: serializers.QueuedSerializer},
    )
    def post(self, request: Request, webhook_id: uuid.UUID, delivery_id: uuid.UUID) -> Response:  # noqa: ARG002 -- rest_framework's signature
        return self.queued(services.replay(generics.get_object_or_404(self.own_deliveries(), pk=delivery_id)))
