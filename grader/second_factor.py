"""Staff and their second factor, where ADMIN_MFA=1 asks for one: without it an account has the rights of a learner."""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled as is_set_up
from django.conf import settings
from django.http import HttpRequest
from rest_framework.request import Request


def is_missing(request: HttpRequest | Request) -> bool:
    """Tell whether this request comes from staff whose rights wait for a second factor.

    A session must have used one. A token cannot: it counts while its owner has one set up, and one of staff is made
    in a session that has used it.
    """
    user = request.user
    if not (settings.ADMIN_MFA and user.is_authenticated and user.is_staff):
        return False
    return not (is_set_up(user) and (_is_token(request) or _was_used(request)))


def _is_token(request: HttpRequest | Request) -> bool:
    return getattr(request, "auth", None) is not None


def _was_used(request: HttpRequest | Request) -> bool:
    return any(record["method"] == "mfa" for record in get_authentication_records(request, request.user))
