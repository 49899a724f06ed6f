"""Which scope a token needs."""

from typing import Any

from django.http import HttpRequest
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from grader import second_factor
from grader.api.scopes import Scope, in_order, scopes_of

FACTOR_MISSING = (
    "What staff may do waits for a second factor here: sign in with one, or set it up at /accounts/2fa/. "
    "A token with the scope “staff” works once its owner has one."
)


def allowed_scopes(request: HttpRequest | Request) -> frozenset[str]:
    """Return what a request may do: the scopes of its token or session, without `staff` while a factor is missing."""
    scopes = scopes_of(getattr(request, "auth", None))
    return scopes - {Scope.STAFF} if Scope.STAFF in scopes and second_factor.is_missing(request) else scopes


class HasScope(BasePermission):
    """Holds the token against `scopes` of the view: a scope, or several of which one is enough, for each method.

    What a view does not name needs no scope; a test sees to it that views for signed-in people name all they have.
    """

    def has_permission(self, request: Request, view: Any) -> bool:
        method = "GET" if request.method == "HEAD" else request.method
        needed = getattr(view, "scopes", {}).get(method, ())
        enough = (needed,) if isinstance(needed, str) else tuple(needed)
        owned = scopes_of(request.auth)
        if not enough or allowed_scopes(request).intersection(enough):
            return True
        if owned.intersection(enough):
            self.message = FACTOR_MISSING
            return False
        wanted = " or ".join(f"“{scope}”" for scope in enough)
        has = ", ".join(in_order(owned)) or "none"
        self.message = f"This token lacks the scope {wanted}; it has: {has}. Make one that has it at /accounts/tokens/."
        return False
