"""Signing up, in and out, and what belongs to an account, in the design of the other pages."""

import re

import pytest
from django.core import mail

from tests.accounts.conftest import PASSWORD
from tests.web.html import elements, text


def sign_up(visitor, **fields):
    form = {"username": "sofia", "password1": PASSWORD, "password2": PASSWORD}
    return visitor.post("/accounts/signup/", form | fields, follow=True)


def test_signing_up_needs_no_email_and_signs_in(visitor, django_user_model):
    response = sign_up(visitor)
    assert response.redirect_chain == [("/", 302)]
    assert "sofia" in text(response)
    assert django_user_model.objects.get().email == ""


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"username": "ada"}, "username"),
        ({"password1": "short", "password2": "short"}, "password1"),
        ({"password2": "something else"}, "password2"),
        ({"email": "nonsense"}, "email"),
    ],
)
def test_a_sign_up_that_cannot_be_names_the_field(visitor, learner, fields, field):
    response = sign_up(visitor, **fields)
    assert response.redirect_chain == []
    assert elements(response, "input", name=field, aria_invalid="true")


@pytest.mark.parametrize("login", ["ada", "ada@example.org"])
def test_signing_in_leads_back_to_where_one_was(visitor, learner, login):
    form = {"login": login, "password": PASSWORD, "next": "/tasks/conv2d-forward/"}
    response = visitor.post("/accounts/login/", form)
    assert response["Location"] == "/tasks/conv2d-forward/"


def test_the_way_back_survives_a_wrong_password_and_the_way_to_sign_up(visitor, learner):
    page = visitor.get("/accounts/login/?next=/tasks/conv2d-forward/")
    assert elements(page, "a", href="/accounts/signup/?next=%2Ftasks%2Fconv2d-forward%2F")
    again = visitor.post("/accounts/login/", {"login": "ada", "password": "wrong", "next": "/tasks/conv2d-forward/"})
    assert elements(again, "input", type="hidden", name="next", value="/tasks/conv2d-forward/")
    assert "not correct" in text(again)


def test_signing_out_is_a_button_on_every_page(signed_in):
    assert elements(signed_in.get("/"), "form", action="/accounts/logout/", method="post")
    assert "Sign in" in text(signed_in.post("/accounts/logout/", follow=True))


def test_a_password_is_changed(signed_in, learner):
    form = {"oldpassword": PASSWORD, "password1": "another battery staple", "password2": "another battery staple"}
    assert signed_in.post("/accounts/password/change/", form).status_code == 302
    learner.refresh_from_db()
    assert learner.check_password("another battery staple")


def test_a_forgotten_password_is_reset_by_mail(visitor, learner):
    visitor.post("/accounts/password/reset/", {"email": "ada@example.org"})
    link = re.search(r"http://\S+?(/accounts/password/reset/key/\S+)", mail.outbox[0].body)[1]
    form_address = visitor.get(link, follow=True).redirect_chain[-1][0]
    form = {"password1": "another battery staple", "password2": "another battery staple"}
    assert visitor.post(form_address, form).status_code == 302
    learner.refresh_from_db()
    assert learner.check_password("another battery staple")


@pytest.mark.parametrize(
    "address",
    ["/accounts/profile/", "/accounts/email/", "/accounts/password/change/", "/accounts/2fa/", "/accounts/sessions/",
     "/accounts/export/"],
)  # fmt: skip
def test_the_pages_of_an_account_lead_to_each_other(signed_in, address):
    response = signed_in.get(address, follow=True)
    assert response.status_code == 200
    assert elements(response, "a", href=address, aria_current="page")


def test_only_staff_see_the_way_to_the_administration(visitor, learner, instructor):
    visitor.force_login(learner)
    assert elements(visitor.get("/"), "a", href="/admin/") == []
    visitor.force_login(instructor)
    assert elements(visitor.get("/"), "a", href="/admin/")


def test_accounts_are_made_from_one_address_only_so_fast(client, db, broker, settings):
    settings.ACCOUNT_RATE_LIMITS = {"signup": "2/m/ip"}
    statuses = [client.post("/accounts/signup/", {"username": f"crowd-{number}"}).status_code for number in range(3)]
    assert statuses == [200, 200, 429]
