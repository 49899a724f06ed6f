"""Who a password belongs to."""

from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from lms.accounts.models import User


class OneLook(AuthenticationBackend):
    """Check a password against one account once.

    Django's backend and django-allauth's in a row, and the latter by name and again by address, hash it two or three
    times, and once less where there is no such account: that can be timed.
    """

    def authenticate(self, request: HttpRequest | None, **credentials: str) -> User | None:
        self._looked_at: set[int] = set()
        return super().authenticate(request, **credentials)

    def _check_password(self, user: User | None, password: str) -> User | None:
        if user is None or user.pk in self._looked_at:
            return None
        self._looked_at.add(user.pk)
        return super()._check_password(user, password)
