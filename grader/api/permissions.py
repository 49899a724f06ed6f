"""Which scope a token needs."""

from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from grader.api.scopes import in_order, scopes_of


class HasScope(BasePermission):
    """Holds the token against `scopes` of the view: a scope, or several of which one is enough, for each method.

    What a view does not name needs no scope; a test sees to it that views for signed-in people name all they have.
    """

    def has_permission(self, request: Request, view: Any) -> bool:
        method = "GET" if request.method == "HEAD" else request.method
        needed = getattr(view, "scopes", {}).get(method, ())
        enough = (needed,) if isinstance(needed, str) else tuple(needed)
        owned = scopes_of(request.auth)
        if not enough or owned.intersection(enough):
            return True
        wanted = " or ".join(f"“{scope}”" for scope in enough)
        has = ", ".join(in_order(owned)) or "none"
        self.message = f"This token lacks the scope {wanted}; it has: {has}. Make one that has it at /accounts/tokens/."
        return False
