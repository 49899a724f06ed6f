from typing import Any

from allauth.account.internal.flows import reauthentication
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request


class TypedPasswordAgain(BasePermission):
    """A browser that was left open must not be enough to make a token: the page asks for the password, too."""

    message = (
        "A session makes and revokes tokens only just after the password was typed once more. "
        "Do that at /accounts/tokens/, or send a token with the scope “account”."
    )

    def has_permission(self, request: Request, view: Any) -> bool:  # noqa: ARG002 -- rest_framework's signature
        if request.auth is not None or request.method in SAFE_METHODS:
            return True
        return not reauthentication.is_reauthentication_required(request, app="")
