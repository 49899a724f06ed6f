"""Who sends a token, and who sits before a page."""

from drf_spectacular.contrib.knox_auth_token import KnoxTokenScheme
from knox import auth
from knox.models import AuthToken
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request


class TokenAuthentication(auth.TokenAuthentication):  # type: ignore[misc]  # knox has no types
    """Knox reads all of a user's tokens at each request, to delete the expired ones; here few ever expire."""

    def _cleanup_token(self, auth_token: AuthToken) -> bool:
        return auth_token.expiry is not None and bool(super()._cleanup_token(auth_token))


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
