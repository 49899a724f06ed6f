"""How django-allauth behaves here where it leaves that open."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.ratelimit import get_ip
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from lms.accounts.views import too_many_requests


class AccountAdapter(DefaultAccountAdapter):
    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count wrong passwords of a name by address: who knows a name can lock it at their own address alone."""
        return f"{super()._get_login_attempts_cache_key(request, **credentials)}:{get_ip(request)}"

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """Answer 429 to a password or code after too many wrong ones, whether or not it would have been right."""
        if code == "too_many_login_attempts":
            raise ImmediateHttpResponse(too_many_requests(context.request))
        return super().validation_error(code, *args)
