"""The admin panel: one way in, which is the site's own sign-in."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from allauth.core.internal.httpkit import add_query_params
from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.db.models.base import ModelBase
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from grader import second_factor

# What others registered and has a page of its own for whom it belongs to: here it would show secrets, make tokens that
# may do everything, and end no session. `manage.py reset_mfa` and deactivating an account are for administrators.
LEFT_OUT = {"knox.authtoken", "mfa.authenticator", "usersessions.usersession"}


class Panel(AdminSite):
    site_header = site_title = "Baremath"
    index_title = "Instructor's panel"

    def register(self, model_or_iterable: Any, *args: Any, **options: Any) -> None:
        models = [model_or_iterable] if isinstance(model_or_iterable, ModelBase) else model_or_iterable
        shown = [model for model in models if model._meta.label_lower not in LEFT_OUT]  # noqa: SLF001 -- Django's own way
        super().register(shown, *args, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and not second_factor.is_missing(request)

    @method_decorator(never_cache)
    @method_decorator(secure_admin_login)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # noqa: ARG002 -- Django's signature
        """Lead to the page that was asked for, or to the second factor that it waits for."""
        return self._ask_for_second_factor(request) if second_factor.is_missing(request) else redirect(_asked(request))

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # noqa: ARG002 -- Django's signature
        return redirect("account_change_password")

    def _ask_for_second_factor(self, request: HttpRequest) -> HttpResponse:
        if second_factor.is_set_up(request.user):
            address = add_query_params(reverse("mfa_reauthenticate"), {REDIRECT_FIELD_NAME: _asked(request)})
            return redirect(address)
        return render(request, "accounts/second_factor.html", status=403)


def _asked(request: HttpRequest) -> str:
    address = request.GET.get(REDIRECT_FIELD_NAME, "")
    ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if ours and address != request.path else reverse("admin:index")
