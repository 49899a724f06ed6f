"""The pages of one's own account that django-allauth does not bring: profile, tokens, archive, deletion."""

import tempfile
from contextlib import ExitStack

from allauth.account.decorators import reauthentication_required
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

from lms.accounts import selectors, services
from lms.accounts.archive import archive_write
from lms.accounts.forms import DeleteAccountForm, ProfileForm, TokenForm

page = require_http_methods(["GET", "HEAD", "POST"])


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
    form, token, secret = TokenForm(request.POST or None, user=request.user), None, ""
    if request.method == "POST" and form.is_valid():
        try:
            token, secret = services.token_create(user=request.user, **form.cleaned_data)
            form = TokenForm(user=request.user)
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
