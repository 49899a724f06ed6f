"""What the API takes and gives of tokens and of the device flow."""

from typing import Any

from knox.models import AuthToken
from rest_framework import serializers

from grader.api.fields import Sent, Text, Whole
from grader.api.scopes import Scope
from lms.accounts.devices import DAYS, POLL_INTERVAL_S
from lms.accounts.models import NAME_LENGTH, DeviceSignIn
from lms.accounts.selectors import Token, token_of

USUAL = [Scope.READ, Scope.SUBMIT]


class ScopesField(serializers.ListField):
    """Some scopes; those of a learner's usual program where none are given."""

    def __init__(self, **kwargs: Any) -> None:
        choice = serializers.ChoiceField(
            Scope.choices,
            error_messages={"invalid_choice": "“{input}” is not a scope. There are: " + ", ".join(Scope.values) + "."},
        )
        super().__init__(child=choice, allow_empty=False, min_length=1, **kwargs)


class TokenRequestSerializer(Sent):
    """A token to make."""

    name = Text(max_length=NAME_LENGTH, help_text="What it will be used for.")
    scopes = ScopesField(default=USUAL, help_text="What it may do: some of what you may do yourself.")
    days = Whole(
        min_value=1, max_value=365, default=DAYS, allow_null=True, help_text="null: valid until it is revoked."
    )


class TokenSerializer(serializers.Serializer):
    """A token as it is listed: without the secret, which is stored as a hash only."""

    key = serializers.CharField(source="beginning", help_text="Its first characters: enough to tell it from others.")
    name = serializers.CharField(help_text="Empty for a token that an operator made.")
    scopes = ScopesField()
    created = serializers.DateTimeField()
    expires = serializers.DateTimeField(allow_null=True)
    current = serializers.SerializerMethodField(help_text="Is it the token that asks?")

    def to_representation(self, row: AuthToken) -> dict[str, Any]:
        return super().to_representation(token_of(row))

    def get_current(self, token: Token) -> bool:
        asking = self.context["request"].auth
        return asking is not None and asking.token_key == token.key


class TokenMadeSerializer(TokenSerializer):
    token = serializers.SerializerMethodField(help_text="The secret. It is shown only this once.")

    def get_token(self, _token: Token) -> str:
        return str(self.context["secret"])


class DeviceRequestSerializer(Sent):
    """A program that wants to be let in."""

    client_name = Text(
        max_length=NAME_LENGTH,
        default="",
        allow_blank=True,
        help_text="What its user is asked about, and what the token will be called.",
    )
    scopes = ScopesField(default=USUAL)


class DeviceCodesSerializer(serializers.Serializer):
    """The codes of RFC 8628: one to ask with, one to type at `verification_uri`."""

    device_code = serializers.CharField()
    user_code = serializers.CharField(help_text="As BCDF-GHJK.")
    verification_uri = serializers.URLField()
    verification_uri_complete = serializers.URLField()
    expires_in = serializers.IntegerField(help_text="Seconds.")
    interval = serializers.IntegerField(help_text="Seconds between two questions to device/token/.")


class DeviceTokenRequestSerializer(Sent):
    device_code = Text(max_length=200)


class DeviceTokenSerializer(serializers.Serializer):
    token = serializers.CharField()
    scopes = ScopesField()
    expires = serializers.DateTimeField(allow_null=True)
    username = serializers.CharField()


def codes(sign_in: DeviceSignIn, device_code: str, page: str) -> dict[str, Any]:
    """Return what a program is told that has begun to sign in; `page` is the address where its user types the code."""
    return {
        "device_code": device_code,
        "user_code": sign_in.shown_code,
        "verification_uri": page,
        "verification_uri_complete": f"{page}?code={sign_in.shown_code}",
        "expires_in": sign_in.valid_for_s,
        "interval": POLL_INTERVAL_S,
    }
