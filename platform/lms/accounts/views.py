"""The pages of one's own account that django-allauth does not bring: profile, tokens, devices, archive, deletion."""

import tempfile
from contextlib import ExitStack

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows import reauthentication
from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from grader.api.permissions import FACTOR_MISSING, allowed_scopes
from grader.api.scopes import Scope
from lms.accounts import devices, selectors, services
from lms.accounts.archive import archive_write
from lms.accounts.forms import DeleteAccountForm, DeviceForm, ProfileForm, TokenForm
from lms.accounts.models import DeviceSignIn

BEYOND_LEARNING = {Scope.ACCOUNT, Scope.STAFF}  # who gives these types the password again
LIMITS_LAST_S = 5 * 60  # ACCOUNT_RATE_LIMITS has no window that is longer and ends here
page = require_http_methods(["GET", "HEAD", "POST"])


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """Answer for django-allauth when one of its rate limits is reached."""
    response = render(request, "429.html", status=429)
    response.headers["Retry-After"] = str(LIMITS_LAST_S)
    return response


@page
@never_cache
@login_required
def profile(request: HttpRequest) -> HttpResponse:
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Your profile is saved.")
        return redirect("profile")
    return render(request, "accounts/profile.html", {"form": form})


@page
@never_cache
@login_required
@reauthentication_required
def tokens(request: HttpRequest) -> HttpResponse:
    """List the tokens and make new ones. The answer to the form shows the secret, once, so nothing need keep it."""
    scopes = allowed_scopes(request)
    form, token, secret = TokenForm(request.POST or None, user=request.user, scopes=scopes), None, ""
    if request.method == "POST" and form.is_valid():
        try:
            token, secret = services.token_create(user=request.user, **form.cleaned_data)
            form = TokenForm(user=request.user, scopes=scopes)
        except ValidationError as error:
            form.add_error(None, error)
    context = {"form": form, "token": token, "secret": secret, "tokens": selectors.token_list(request.user)}
    return render(request, "accounts/tokens.html", context)


@require_POST
@never_cache
@login_required
@reauthentication_required
def token_revoke(request: HttpRequest) -> HttpResponse:
    if services.token_revoke(user=request.user, token_key=request.POST.get("key", "")):
        messages.success(request, "The token is revoked: what used it can no longer sign in.")
    else:
        messages.error(request, "You have no such token. It may have been revoked already.")
    return redirect("tokens")


@page
@never_cache
@login_required
def device(request: HttpRequest) -> HttpResponse:
    """Ask for the code that a program shows, then whether it may come in."""
    form = DeviceForm(request.POST or None, initial={"code": request.GET.get("code", "")})
    if request.method != "POST" or not form.is_valid():
        return render(request, "accounts/device.html", {"form": form})
    if not ratelimit.consume(request, action="device_code", user=request.user):
        return render(request, "accounts/device.html", {"form": form, "too_many": True}, status=429)
    sign_in = devices.waiting(form.cleaned_data["code"])
    if sign_in is None:
        form.add_error("code", "No program waits with this code: it is mistyped, was used already, or has expired.")
        return render(request, "accounts/device.html", {"form": form})
    return _device_decided(request, form, sign_in)


def _device_decided(request: HttpRequest, form: DeviceForm, sign_in: DeviceSignIn) -> HttpResponse:
    decision, context = request.POST.get("decision"), {"form": form, "sign_in": sign_in}
    if decision == "deny":
        devices.deny(sign_in, request.user)
        return render(request, "accounts/device_done.html", context)
    if decision == "approve":
        if BEYOND_LEARNING.intersection(sign_in.scopes):
            reauthentication.raise_if_reauthentication_required(request, app="")
        if not allowed_scopes(request).issuperset(sign_in.scopes):
            return render(request, "accounts/device_ask.html", context | {"refused": FACTOR_MISSING})
        try:
            approved = devices.approve(sign_in, request.user)
            return render(request, "accounts/device_done.html", context | {"approved": approved})
        except ValidationError as error:
            context["refused"] = error.messages[0]
    return render(request, "accounts/device_ask.html", context)


@page
@never_cache
@login_required
def export(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "accounts/export.html")
    if not ratelimit.consume(request, action="export", user=request.user):
        return render(request, "accounts/export.html", {"too_many": True}, status=429)
    with ExitStack() as until_sent:
        file = until_sent.enter_context(tempfile.TemporaryFile())
        archive_write(request.user, file)
        until_sent.pop_all()  # the response closes it
    file.seek(0)
    name = f"baremath-{request.user.username}-{timezone.now():%Y-%m-%d}.zip"
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")


@page
@never_cache
@login_required
@reauthentication_required
def delete_account(request: HttpRequest) -> HttpResponse:
    user = request.user
    if not services.may_delete_itself(user):
        return render(request, "accounts/delete.html", status=403 if request.method == "POST" else 200)
    form = DeleteAccountForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        services.account_delete(user)
        logout(request)
        messages.success(request, "Your account is deleted, with everything that was in it.")
        return redirect("home")
    return render(request, "accounts/delete.html", {"form": form, "belongings": selectors.belongings(user)})
