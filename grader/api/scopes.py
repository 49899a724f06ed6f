"""What a token lets a program do. A session, and a token that was given no scopes, may do everything."""

from collections.abc import Collection
from typing import Any

from django.db import models


class Scope(models.TextChoices):
    """The scopes, with the words that people read when they give one."""

    READ = "read", "read what is yours: submissions, verdicts, progress"
    SUBMIT = "submit", "run code and hand in submissions"
    ACCOUNT = "account", "make and revoke tokens and webhooks"
    STAFF = "staff", "read and regrade other people's submissions"


ALL_SCOPES = frozenset(Scope.values)


def scopes_of(auth: Any) -> frozenset[str]:
    """Return the scopes of a request: `auth` is its token, None where it came with a session.

    The label is the row of `lms.accounts` that belongs to a token; it was read together with the token.
    """
    label = getattr(auth, "label", None)
    return ALL_SCOPES if label is None else frozenset(label.scopes)


def in_order(scopes: Collection[str]) -> list[str]:
    """Return the scopes each once, in the order in which they are always said."""
    return [scope for scope in Scope.values if scope in scopes]
