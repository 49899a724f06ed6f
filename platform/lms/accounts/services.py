"""What people do with their accounts."""

from collections.abc import Collection
from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from knox.models import AuthToken

from grader.api.scopes import ALL_SCOPES, in_order
from grader.services import FullError
from lms.accounts.models import TokenLabel, User

MOST_TOKENS = 20


class StaffAccountError(Exception):
    """An account that must not delete itself was asked to."""


@transaction.atomic
def token_create(
    *,
    user: User,
    name: str,
    days: int | None,
    scopes: Collection[str] = ALL_SCOPES,
    given_by: Collection[str] = ALL_SCOPES,
) -> tuple[AuthToken, str]:
    """Make an API token; return it with its secret, which is stored as a hash only. Raises ValidationError.

    `given_by` are the scopes of whoever makes it, which it can have and no others.
    """
    if beyond := in_order(set(scopes) - set(given_by)):
        raise ValidationError({"scopes": _gives_more_than_it_has(beyond, in_order(given_by))})
    User.objects.select_for_update().get(pk=user.pk)  # two at once would both count one too few
    check_room_for_token(user)
    token, secret = AuthToken.objects.create(user, expiry=timedelta(days=days) if days else None)
    TokenLabel.objects.create(token=token, name=name, scopes=in_order(scopes))
    return token, secret


def check_room_for_token(user: User) -> None:
    """Raise ValidationError if the user has as many tokens as one can have. Those that have expired make room."""
    AuthToken.objects.filter(user=user, expiry__lte=timezone.now()).delete()
    if AuthToken.objects.filter(user=user).count() >= MOST_TOKENS:
        sentence = f"You have {MOST_TOKENS} tokens, which is the most. Revoke one that you no longer use."
        raise FullError(sentence)


def _gives_more_than_it_has(beyond: list[str], has: list[str]) -> str:
    return (
        f"A token gives no more than it has: {', '.join(beyond)} is not among its scopes, which are: {', '.join(has)}. "
        "Ask for less, or make the token at /accounts/tokens/."
    )


def token_create_for_operator(*, user: User, scopes: Collection[str]) -> str:
    """Make a token without name, end or limit, and return its secret. Without `scopes` it may do everything."""
    token, secret = AuthToken.objects.create(user)
    if scopes:
        TokenLabel.objects.create(token=token, name="", scopes=in_order(scopes))
    return secret


def token_revoke(*, user: User, token_key: str) -> bool:
    """Make the user's own token that begins like this useless; return False if there is none."""
    revoked, _ = AuthToken.objects.filter(user=user, token_key__startswith=token_key).delete()
    return bool(token_key and revoked)


def may_delete_itself(user: User) -> bool:
    """Is it no account of the staff? What those did for others refers to them."""
    return not (user.is_staff or user.is_superuser)


@transaction.atomic
def account_delete(user: User) -> None:
    """Delete a learner with everything that is theirs. Raises StaffAccountError.

    Jobs that speak of a deleted submission find nothing to do; free runs go by themselves within ten minutes.
    """
    if not may_delete_itself(user):
        raise StaffAccountError("An account of the staff is not deleted by itself: take the staff role away first.")
    for session in UserSession.objects.filter(user=user):
        session.end()
    user.delete()
