"""The pages of django-allauth, in our own words: passwords, email addresses, the second factor."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.template.loader import get_template

from tests.web.html import elements, text

PASSWORD = "correct horse battery"
NEW = "staple of a battery horse"
PAGES = """
account/account_inactive account/email account/email_confirm account/login account/logout account/password_change
account/password_reset account/password_reset_done account/password_reset_from_key
account/password_reset_from_key_done account/password_set account/reauthenticate account/signup account/signup_closed
account/verification_sent account/verified_email_required mfa/authenticate mfa/index mfa/reauthenticate
mfa/totp/activate_form mfa/totp/deactivate_form mfa/recovery_codes/index mfa/recovery_codes/generate
usersessions/usersession_list
"""


@pytest.mark.parametrize("name", PAGES.split())
def test_every_page_that_can_be_reached_is_ours(name):
    assert "/platform/lms/accounts/templates/" in get_template(f"{name}.html").origin.name


@pytest.fixture
def owner(visitor, learner):
    """Somebody who has just given the password, so that nothing asks for it again."""
    visitor.post("/accounts/login/", {"login": "ada", "password": PASSWORD})
    visitor.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return visitor


def test_the_labels_are_sentences(owner):
    words = text(owner.get("/accounts/password/change/"))
    assert "Current password" in words
    assert "New password (again)" in words


def test_a_mistake_is_told_at_its_field(visitor, learner):
    response = visitor.post("/accounts/signup/", {"username": "ada", "password1": PASSWORD, "password2": "another"})
    assert {"aria-invalid": "true", "aria-describedby": "id_username_error"}.items() <= elements(
        response, "input", name="username"
    )[0].items()
    assert elements(response, "ul", id="id_username_error", class_="errorlist")


def test_a_link_to_reset_a_password_works_once_and_then_says_so(visitor, learner):
    visitor.post("/accounts/password/reset/", {"email": learner.email})
    [link] = re.findall(r"https?://[^/]+(/accounts/password/reset/key/\S+)", mail.outbox[0].body)
    page = visitor.get(link, follow=True)
    assert "Choose a new password" in text(page)
    done = visitor.post(page.redirect_chain[-1][0], {"password1": NEW, "password2": NEW}, follow=True)
    assert "The password is changed" in text(done)
    assert "This link is out of date" in text(visitor.get(link, follow=True))


def test_an_email_address_is_added_confirmed_and_removed(owner):
    form = {"email": "ada@example.com"}
    page = owner.post("/accounts/email/", form | {"action_add": ""}, follow=True)
    assert "ada@example.com not confirmed" in text(page)
    choice = elements(page, "input", type="radio", value="ada@example.com")[0]
    assert elements(page, "label", for_=choice["id"])

    [link] = re.findall(r"https?://[^/]+(/accounts/confirm-email/\S+)", mail.outbox[-1].body)
    assert "Is ada@example.com the address of ada?" in text(owner.get(link))
    owner.post(link)
    assert "ada@example.com in use confirmed" in text(owner.get("/accounts/email/"))
    assert "This link is out of date" in text(owner.get(link))

    for address in ("ada@example.org", "ada@example.com"):
        page = owner.post("/accounts/email/", {"email": address, "action_remove": ""}, follow=True)
    assert "a forgotten password cannot be reset by you" in text(page)


def test_the_second_factor_is_set_up_used_and_turned_off(owner, learner):
    page = owner.get("/accounts/2fa/totp/activate/")
    assert elements(page, "img", class_="qr", alt="QR code of the secret below")
    secret = text(page).partition("Secret: ")[2].split()[0]
    page = owner.post("/accounts/2fa/totp/activate/", {"code": _code(secret)}, follow=True)
    assert page.status_code == 200
    codes = Authenticator.objects.get(user=learner, type="recovery_codes").wrap().get_unused_codes()
    assert all(code in text(owner.get("/accounts/2fa/recovery-codes/")) for code in codes)

    owner.post("/accounts/logout/")
    page = owner.post("/accounts/login/", {"login": "ada", "password": PASSWORD}, follow=True)
    assert "Open your authenticator app" in text(page)
    assert owner.post("/accounts/2fa/authenticate/", {"code": codes[0]}).status_code == 302
    assert f"{len(codes) - 1} of {len(codes)} are unused" in text(owner.get("/accounts/2fa/"))

    owner.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert "Turn off two-factor sign-in?" in text(owner.get("/accounts/2fa/totp/deactivate/"))
    owner.post("/accounts/2fa/totp/deactivate/")
    assert "You get them once an authenticator app is set up" in text(owner.get("/accounts/2fa/"))


def _code(secret):
    """Return what an authenticator app shows now."""
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_what_changes_how_one_signs_in_asks_for_the_password_again(signed_in):
    page = signed_in.get("/accounts/2fa/totp/activate/", follow=True)
    assert "Confirm that it is you" in text(page)
    assert elements(page, "input", type="password", name="password")


def test_what_was_done_is_told_and_signing_in_is_not(visitor, learner):
    signed_in = visitor.post("/accounts/login/", {"login": "ada", "password": PASSWORD}, follow=True)
    assert elements(signed_in, "ul", class_="messages") == []
    form = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert "Your password is changed." in text(visitor.post("/accounts/password/change/", form, follow=True))
    assert "You are signed out." in text(visitor.post("/accounts/logout/", follow=True))
