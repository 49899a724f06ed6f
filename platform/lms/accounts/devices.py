"""Letting a program in that has no browser: the device flow of RFC 8628.

The program shows a short user code and asks again and again with its long device code. Its user, signed in at /device/,
types the short one, reads what would be allowed, and approves or denies. Then the program gets a token, once.
"""

import hashlib
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from knox.models import AuthToken

from grader.api.scopes import in_order
from lms.accounts import services
from lms.accounts.models import CODE_LENGTH, CODE_LETTERS, DeviceSignIn, User
from lms.accounts.names import displayable

VALID_FOR = timedelta(minutes=10)
KEPT_FOR = timedelta(hours=1)  # after that: until then, who comes too late is told so
POLL_INTERVAL_S = 5
SLOWEST_POLL_S = 60
LENIENCE_S = 1  # a question may be late on its way, and the next one not
DAYS = 90

Status = DeviceSignIn.Status


class DeviceSignInError(Exception):
    """No token yet, or none at all; `code` is the word of RFC 8628, section 3.5, the message says what to do."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


def begin(*, client_name: str, scopes: Collection[str], address: str) -> tuple[DeviceSignIn, str]:
    """Return a sign-in that waits for its user, and the device code, which is stored as a hash only."""
    now = timezone.now()
    DeviceSignIn.objects.filter(expires__lt=now - KEPT_FOR).delete()
    device_code = secrets.token_urlsafe(32)
    sign_in = DeviceSignIn.objects.create(
        digest=_digest(device_code),
        user_code=_free_user_code(),
        client_name=displayable(client_name) or "a program",
        scopes=in_order(scopes),
        address=address,
        expires=now + VALID_FOR,
        interval=POLL_INTERVAL_S,
    )
    return sign_in, device_code


def waiting(user_code: str) -> DeviceSignIn | None:
    """Return the sign-in that waits for the user who has this code."""
    return DeviceSignIn.objects.filter(user_code=user_code, status=Status.PENDING, expires__gt=timezone.now()).first()


def approve(sign_in: DeviceSignIn, user: User) -> bool:
    """Let the program in as this user; return False if that was decided meanwhile. Raises ValidationError."""
    services.check_room_for_token(user)
    return _decide(sign_in, Status.APPROVED, user)


def deny(sign_in: DeviceSignIn, user: User) -> bool:
    return _decide(sign_in, Status.DENIED, user)


def redeem(device_code: str) -> tuple[AuthToken, str]:
    """Return the token with its secret, once it was approved, and only once. Raises DeviceSignInError."""
    try:
        answer = _poll(_digest(device_code))
    except ValidationError as error:
        raise DeviceSignInError("access_denied", error.messages[0]) from error
    if isinstance(answer, DeviceSignInError):
        raise answer
    return answer


@transaction.atomic
def _poll(digest: str) -> tuple[AuthToken, str] | DeviceSignInError:
    """An error is returned, not raised: raising it would undo that the question was counted."""
    now = timezone.now()
    sign_in = DeviceSignIn.objects.select_for_update().filter(digest=digest).first()
    again = "Begin again at /api/v1/device/."
    if sign_in is None:
        return DeviceSignInError("invalid_grant", f"This device code is unknown, or was used already. {again}")
    if sign_in.status == Status.DENIED or (sign_in.user and not sign_in.user.is_active):
        return DeviceSignInError("access_denied", f"The user did not let this program in. {again}")
    if sign_in.expires <= now:
        return DeviceSignInError("expired_token", f"The codes were valid for 10 minutes and have expired. {again}")
    if sign_in.user is None:
        return _not_yet(sign_in, now)
    sign_in.delete()
    return services.token_create(user=sign_in.user, name=sign_in.client_name, days=DAYS, scopes=sign_in.scopes)


def _not_yet(sign_in: DeviceSignIn, now: datetime) -> DeviceSignInError:
    """Count the question; whoever asks too soon must ask five seconds more slowly from then on."""
    too_soon = sign_in.polled and now < sign_in.polled + timedelta(seconds=sign_in.interval - LENIENCE_S)
    if too_soon:
        sign_in.interval = min(sign_in.interval + POLL_INTERVAL_S, SLOWEST_POLL_S)
    sign_in.polled = now
    sign_in.save(update_fields=["interval", "polled"])
    if too_soon:
        detail = f"This program asks too often. From now on it must wait {sign_in.interval} s each time."
        return DeviceSignInError("slow_down", detail)
    return DeviceSignInError(
        "authorization_pending", f"The user has not decided yet. Ask again in {sign_in.interval} s."
    )


def _decide(sign_in: DeviceSignIn, status: str, user: User) -> bool:
    undecided = DeviceSignIn.objects.filter(pk=sign_in.pk, status=Status.PENDING, expires__gt=timezone.now())
    return bool(undecided.update(status=status, user=user))


def _free_user_code() -> str:
    while True:
        code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
        if not DeviceSignIn.objects.filter(user_code=code).exists():
            return code


def _digest(device_code: str) -> str:
    return hashlib.sha256(device_code.encode()).hexdigest()
