"""Who sends a token, and who sits before a page."""

from django.contrib.auth.models import AbstractUser
from django.utils import timezone
from drf_spectacular.contrib.knox_auth_token import KnoxTokenScheme
from knox import auth
from knox.crypto import hash_token
from knox.models import AuthToken
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.request import Request


class TokenAuthentication(auth.TokenAuthentication):  # type: ignore[misc]  # knox has no types
    """Knox reads a token, all tokens of its user and the label each by itself; here one query reads what is needed."""

    def authenticate_credentials(self, token: bytes) -> tuple[AbstractUser, AuthToken]:
        digest = hash_token(token.decode("latin-1"))
        found = AuthToken.objects.select_related("user", "label").filter(digest=digest).first()
        if found is None:
            raise AuthenticationFailed("Nobody has this token: it was revoked, or it is mistyped.")
        if found.expiry is not None and found.expiry <= timezone.now():
            raise AuthenticationFailed("This token has expired. Make another one at /accounts/tokens/.")
        user, _ = self.validate_user(found)
        return user, found


class TokenScheme(KnoxTokenScheme):  # type: ignore[no-untyped-call]  # registers itself, which has no types
    target_class = "grader.api.authentication.TokenAuthentication"


class PageAuthentication(SessionAuthentication):
    """For what pages call: 401 tells their script that the session has ended, 403 that it is another one by now."""

    def authenticate_header(self, request: Request) -> str:  # noqa: ARG002 -- rest_framework's signature
        return "Session"

    def enforce_csrf(self, request: Request) -> None:
        try:
            super().enforce_csrf(request)
        except PermissionDenied:
            raise PermissionDenied("Nothing was sent, because you have signed in again since this page came.") from None
