"""The second factor beside what django-allauth does with it: once set up it counts, and when the phone is lost."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.http import HttpRequest

from lms.accounts.models import User


def remember_use(*, request: HttpRequest, user: User, authenticator: Authenticator, **_signal: Any) -> None:
    """Let the code that set the app up count as the first that was used: staff need not type another at once."""
    if authenticator.type == Authenticator.Type.TOTP:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)


@transaction.atomic
def second_factor_reset(user: User) -> int:
    """Take app and recovery codes from an account whose phone is lost, and end its sessions; return how many ended."""
    Authenticator.objects.filter(user=user).delete()
    sessions = list(UserSession.objects.filter(user=user))
    for session in sessions:
        session.end()
    return len(sessions)
