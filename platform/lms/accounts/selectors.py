"""What the pages of an account show."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.usersessions.models import UserSession
from django.db.models import QuerySet
from django.utils import timezone
from knox.models import AuthToken

from grader.api.scopes import ALL_SCOPES, Scope, in_order, scopes_of
from grader.models import Submission
from grader.webhooks.selectors import webhook_list
from lms.accounts.models import User

SHOWN_CHARACTERS = 8  # of a token: enough to tell it from others


@dataclass(frozen=True, slots=True)
class Token:
    name: str
    key: str  # knox finds a token by these characters of it; they prove nothing
    created: datetime
    expires: datetime | None
    scopes: list[str]

    @property
    def beginning(self) -> str:
        return self.key[:SHOWN_CHARACTERS]

    @property
    def has_expired(self) -> bool:
        return self.expires is not None and self.expires <= timezone.now()

    @property
    def may_do_all(self) -> bool:
        return set(self.scopes) == ALL_SCOPES

    @property
    def permits(self) -> list[str]:
        """What the scopes allow, in words."""
        return [Scope(scope).label for scope in self.scopes]


def token_rows(user: User) -> QuerySet[AuthToken]:
    """Return knox's rows of the user's API tokens with their labels, the newest first."""
    return AuthToken.objects.filter(user=user).select_related("label").order_by("-created", "-pk")


def token_of(row: AuthToken) -> Token:
    name = row.label.name if hasattr(row, "label") else ""
    return Token(name, row.token_key, row.created, row.expiry, in_order(scopes_of(row)))


def token_list(user: User) -> list[Token]:
    """Return the user's API tokens, the newest first."""
    return [token_of(row) for row in token_rows(user)]


def belongings(user: User) -> dict[str, Any]:
    """Return how much there is of what a deletion takes."""
    return {
        "submissions": Submission.objects.filter(user_id=user.pk).count(),
        "tokens": AuthToken.objects.filter(user=user).count(),
        "webhooks": webhook_list(user).count(),
        "sessions": UserSession.objects.filter(user=user).count(),
    }
