"""Who sends a token."""

from django.contrib.auth.models import AbstractUser
from django.utils import timezone
from drf_spectacular.contrib.knox_auth_token import KnoxTokenScheme
from knox import auth
from knox.crypto import hash_token
from knox.models import AuthToken
from rest_framework.exceptions import AuthenticationFailed


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
