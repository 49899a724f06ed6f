"""Who sends a token."""

from drf_spectacular.contrib.knox_auth_token import KnoxTokenScheme
from knox import auth
from knox.models import AuthToken


class TokenAuthentication(auth.TokenAuthentication):  # type: ignore[misc]  # knox has no types
    """Knox reads all of a user's tokens at each request, to delete the expired ones; here few ever expire."""

    def _cleanup_token(self, auth_token: AuthToken) -> bool:
        return auth_token.expiry is not None and bool(super()._cleanup_token(auth_token))


class TokenScheme(KnoxTokenScheme):  # type: ignore[no-untyped-call]  # registers itself, which has no types
    target_class = "grader.api.authentication.TokenAuthentication"
