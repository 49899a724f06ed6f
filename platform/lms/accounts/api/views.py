"""Tokens, and the device flow by which a program gets its first one."""

from typing import Any

from allauth.account.adapter import get_adapter
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import extend_schema
from knox.models import AuthToken
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from grader.api.pages import NewestFirst
from grader.api.permissions import HasScope, allowed_scopes
from grader.api.resources import ListResource
from grader.api.schema import problems
from grader.api.scopes import Scope
from grader.api.throttles import AddressThrottle, DeviceThrottle
from grader.learner import learner_of
from grader.problems import CONTENT_TYPE, problem
from lms.accounts import devices, selectors, services
from lms.accounts.api import serializers
from lms.accounts.api.permissions import TypedPasswordAgain


@method_decorator(never_cache, name="dispatch")
class TokensView(ListResource):
    scopes = {"GET": Scope.ACCOUNT, "POST": Scope.ACCOUNT}
    permission_classes = [IsAuthenticated, HasScope, TypedPasswordAgain]
    serializer_class = serializers.TokenSerializer
    pagination_class = NewestFirst

    queryset = AuthToken.objects.none()

    def get_queryset(self) -> QuerySet[AuthToken]:
        return selectors.token_rows(learner_of(self.request))

    @extend_schema(summary="List your tokens, newest first")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        summary="Make a token",
        description="It can be given no scope that the token or session which asks does not have.",
        request=serializers.TokenRequestSerializer,
        responses={201: serializers.TokenMadeSerializer, **problems(409)},
    )
    def post(self, request: Request) -> Response:
        asked = serializers.TokenRequestSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        token, secret = services.token_create(
            user=learner_of(request), **asked.validated_data, given_by=allowed_scopes(request)
        )
        context = self.get_serializer_context() | {"secret": secret}
        return Response(serializers.TokenMadeSerializer(token, context=context).data, status=201)


class TokenView(APIView):
    scopes = {"DELETE": Scope.ACCOUNT}
    permission_classes = [IsAuthenticated, HasScope, TypedPasswordAgain]

    @extend_schema(summary="Revoke a token", responses={204: None})
    def delete(self, request: Request, key: str) -> Response:
        if not services.token_revoke(user=learner_of(request), token_key=key):
            raise NotFound(f"You have no token that begins with {key}. /api/v1/tokens/ lists those you have.")
        return Response(status=204)


class CurrentTokenView(APIView):
    scopes: dict[str, tuple[str, ...]] = {"DELETE": ()}
    permission_classes = [IsAuthenticated, HasScope]

    @extend_schema(
        summary="Revoke the token that asks",
        description="It needs no scope: whoever holds a token can be rid of it.",
        responses={204: None},
    )
    def delete(self, request: Request) -> Response:
        if request.auth is None:
            raise NotFound("This request came with a session, not with a token. A session ends at /accounts/logout/.")
        services.token_revoke(user=learner_of(request), token_key=request.auth.token_key)
        return Response(status=204)


@method_decorator(never_cache, name="dispatch")
class _DeviceFlowView(APIView):
    """Open to everybody. No token is looked at: a program that signs in anew may still send its old one."""

    authentication_classes: list[Any] = []
    permission_classes = [AllowAny]


class DeviceView(_DeviceFlowView):
    throttle_classes = [DeviceThrottle]

    @extend_schema(
        summary="Begin to sign a program in",
        description="The device flow of RFC 8628. Show `user_code` and `verification_uri` to the user, then ask "
        "device/token/ every `interval` seconds.",
        request=serializers.DeviceRequestSerializer,
        responses={200: serializers.DeviceCodesSerializer},
    )
    def post(self, request: Request) -> Response:
        asked = serializers.DeviceRequestSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        sign_in, device_code = devices.begin(**asked.validated_data, address=_address_of(request))
        page = request.build_absolute_uri(reverse("device"))
        return Response(serializers.codes(sign_in, device_code, page))


class DeviceTokenView(_DeviceFlowView):
    throttle_classes = [AddressThrottle]  # each code has its interval; a class may sit behind one address

    @extend_schema(
        summary="Ask for the token of a program that signs in",
        description="400 until the user has approved; `error` says why, in the words of RFC 8628: "
        "authorization_pending, slow_down, access_denied, expired_token, invalid_grant.",
        request=serializers.DeviceTokenRequestSerializer,
        responses={200: serializers.DeviceTokenSerializer},
    )
    def post(self, request: Request) -> Response:
        asked = serializers.DeviceTokenRequestSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        try:
            token, secret = devices.redeem(asked.validated_data["device_code"])
        except devices.DeviceSignInError as error:
            body = problem(400, str(error), error=error.code)
            return Response(body, status=400, content_type=CONTENT_TYPE)
        made = {"token": secret, "scopes": token.label.scopes, "expires": token.expiry}
        return Response(serializers.DeviceTokenSerializer(made | {"username": token.user.username}).data)


def _address_of(request: Request) -> str:
    return str(get_adapter().get_client_ip(request))
