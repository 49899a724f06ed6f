"""What the pages of an account show."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.usersessions.models import UserSession
from django.utils import timezone
from knox.models import AuthToken

from grader.models import Submission
from lms.accounts.models import User

SHOWN_CHARACTERS = 8  # of a token: enough to tell it from others


@dataclass(frozen=True, slots=True)
class Token:
    name: str
    key: str  # knox finds a token by these characters of it; they prove nothing
    created: datetime
    expires: datetime | None

    @property
    def beginning(self) -> str:
        return self.key[:SHOWN_CHARACTERS]

    @property
    def has_expired(self) -> bool:
        return self.expires is not None and self.expires <= timezone.now()


def token_list(user: User) -> list[Token]:
    """Return the user's API tokens, the newest first."""
    tokens = AuthToken.objects.filter(user=user).select_related("label").order_by("-created")
    return [
        Token(token.label.name if hasattr(token, "label") else "", token.token_key, token.created, token.expiry)
        for token in tokens
    ]


def belongings(user: User) -> dict[str, Any]:
    """Return how much there is of what a deletion takes."""
    return {
        "submissions": Submission.objects.filter(user_id=user.pk).count(),
        "tokens": AuthToken.objects.filter(user=user).count(),
        "sessions": UserSession.objects.filter(user=user).count(),
    }
