"""ADMIN_MFA=1: staff rights wait for a second factor, in the panel and in the API."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.management import CommandError, call_command
from django.test import Client
from rest_framework.test import APIClient

from lms.accounts.models import DeviceSignIn
from lms.accounts.services import token_create
from tests.accounts.conftest import PASSWORD, reauthenticate
from tests.grader.api.client import assert_problem
from tests.web.html import elements, text

SECRET = "JBSWY3DPEHPK3PXP"
STAFF_API = "/api/v1/staff/submissions/"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def asked_for(settings, broker):
    settings.ADMIN_MFA = True


@pytest.fixture
def panel(client, instructor):
    client.force_login(instructor)
    return client


@pytest.fixture
def has_phone(instructor):
    TOTP.activate(instructor, SECRET)


def code(secret=SECRET):
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def sign_in(client, user="grace"):
    client.post("/accounts/login/", {"login": user, "password": PASSWORD})
    return client.post("/accounts/2fa/authenticate/", {"code": code()})


@pytest.mark.django_db(transaction=True)  # what sets it up speaks of it once that is committed
def test_without_one_staff_are_led_to_set_it_up_and_then_are_in(client, django_user_model):
    client.force_login(django_user_model.objects.create_superuser("mary", password=PASSWORD))
    page = client.get("/admin/grader/submission/", follow=True)
    assert page.status_code == 403
    assert "Your account: Two-factor sign-in Profile" in text(page)  # where one is, on narrow screens
    assert "The administration needs two-factor sign-in" in text(page)
    assert elements(page, "a", href="/accounts/2fa/totp/activate/")
    reauthenticate(client)
    secret = text(client.get("/accounts/2fa/totp/activate/")).partition("Secret: ")[2].split()[0]
    assert client.post("/accounts/2fa/totp/activate/", {"code": code(secret)}).status_code == 302
    assert client.get("/admin/grader/submission/").status_code == 200


def test_a_session_that_has_not_used_it_gives_the_code(panel, has_phone):
    page = panel.get("/admin/courses/task/", follow=True)
    assert page.redirect_chain[-1][0] == "/accounts/2fa/reauthenticate/?next=%2Fadmin%2Fcourses%2Ftask%2F"
    answer = panel.post("/accounts/2fa/reauthenticate/", {"code": code(), "next": "/admin/courses/task/"})
    assert answer["Location"] == "/admin/courses/task/"
    assert panel.get("/admin/courses/task/").status_code == 200


def test_who_signed_in_with_it_is_in(client, instructor, has_phone):
    sign_in(client)
    assert client.get("/admin/").status_code == 200
    assert client.get("/styleguide/").status_code == 200
    assert client.get(STAFF_API).status_code == 200


def test_turned_off_again_it_counts_no_longer(client, instructor, has_phone):
    sign_in(client)
    Authenticator.objects.filter(user=instructor).delete()
    assert client.get("/admin/", follow=True).status_code == 403


def test_without_the_setting_nothing_is_asked(panel, settings):
    settings.ADMIN_MFA = False
    assert panel.get("/admin/").status_code == 200
    assert panel.get(STAFF_API).status_code == 200


def test_the_way_back_does_not_lead_elsewhere(client, instructor, has_phone):
    sign_in(client)
    assert client.get("/admin/login/?next=https://example.org/")["Location"] == "/admin/"
    assert client.get("/admin/login/?next=/admin/login/")["Location"] == "/admin/"


def test_without_it_staff_are_learners_to_the_api(panel):
    assert_problem(panel.get(STAFF_API), 403)
    assert "second factor" in panel.get(STAFF_API).json()["detail"]
    assert "staff" not in panel.get("/api/v1/me/").json()["scopes"]
    assert panel.get("/api/v1/submissions/").status_code == 200
    assert "processes" not in panel.get("/readyz").json()["workers"]


def test_a_token_works_while_its_owner_has_one(instructor, settings):
    _, secret = token_create(user=instructor, name="script", days=None, scopes=["staff"])
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {secret}")
    assert_problem(client.get(STAFF_API), 403)
    TOTP.activate(instructor, SECRET)
    assert client.get(STAFF_API).status_code == 200


def test_a_session_without_it_makes_no_token_for_staff(panel, instructor):
    reauthenticate(panel)
    assert elements(panel.get("/accounts/tokens/"), "input", name="scopes", value="staff") == []
    panel.post("/accounts/tokens/", {"name": "script", "scopes": "staff"})
    api = panel.post("/api/v1/tokens/", {"name": "x", "scopes": ["staff"]}, content_type="application/json")
    assert api.status_code == 400
    assert instructor.auth_token_set.count() == 0


def test_a_session_without_it_approves_no_program_for_staff(panel, instructor):
    asked = {"client_name": "script", "scopes": ["staff"]}
    begun = Client().post("/api/v1/device/", asked, content_type="application/json").json()
    reauthenticate(panel)
    page = panel.post("/device/", {"code": begun["user_code"], "decision": "approve"})
    assert "second factor" in text(page)
    assert DeviceSignIn.objects.get().status == "pending"


def test_the_shell_helps_whose_phone_is_lost(client, instructor, has_phone, capsys):
    sign_in(client)
    call_command("reset_mfa", "grace")
    assert "1 sessions ended" in capsys.readouterr().out
    assert not Authenticator.objects.exists()
    assert client.get("/submissions/").status_code == 302
    with pytest.raises(CommandError, match="There is no user “nobody”"):
        call_command("reset_mfa", "nobody")


def test_a_session_record_of_somebody_else_counts_for_nobody(panel, has_phone, learner):
    session = panel.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time()}]
    session["account_authentication_methods_user"] = str(learner.pk)
    session.save()
    assert panel.get("/admin/").status_code == 302
