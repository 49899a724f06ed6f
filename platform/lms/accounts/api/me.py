"""Who asks, and what the token allows."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from grader.api.permissions import allowed_scopes
from grader.api.resources import OneResource
from grader.api.scopes import Scope, in_order
from grader.learner import learner_of
from lms.accounts.models import User


class MeSerializer(serializers.ModelSerializer[User]):
    joined = serializers.DateTimeField(source="date_joined")
    scopes = serializers.SerializerMethodField(
        help_text="What the token allows; a session, and a token that was given none, allow everything."
    )

    class Meta:
        model = User
        fields = ["username", "display_name", "email", "is_staff", "scopes", "joined"]

    def get_scopes(self, _user: User) -> list[str]:
        return in_order(allowed_scopes(self.context["request"]))


@extend_schema(summary="Read who you are")
class MeView(OneResource[User]):
    scopes = {"GET": Scope.READ}
    serializer_class = MeSerializer
    queryset = User.objects.none()

    def get_object(self) -> Any:
        return learner_of(self.request)
