"""The device flow: a program shows a code, its user decides in a browser, the program gets its token."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from knox.models import AuthToken
from rest_framework.test import APIClient

from lms.accounts import devices
from lms.accounts.models import DeviceSignIn
from lms.accounts.services import MOST_TOKENS, token_create
from tests.accounts.conftest import reauthenticate
from tests.grader.api.client import SUBMISSIONS, assert_problem
from tests.web.html import elements, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def program(broker):
    return APIClient()


def begin(program, **fields):
    return program.post("/api/v1/device/", {"client_name": "baremath on ada's laptop"} | fields)


def ask(program, codes):
    """Ask for the token, as if the time to wait had passed."""
    DeviceSignIn.objects.update(polled=None)
    return program.post("/api/v1/device/token/", {"device_code": codes["device_code"]})


def decide(browser, codes, decision):
    return browser.post("/device/", {"code": codes["user_code"], "decision": decision})


# --- the whole way ---------------------------------------------------------------------------------------------------


def test_a_program_that_is_approved_gets_a_token_once(program, signed_in):
    codes = begin(program).json()
    assert re.fullmatch("[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}", codes["user_code"])
    assert (codes["expires_in"], codes["interval"]) == (600, 5)
    assert codes["verification_uri"] == "http://testserver/device/"
    assert codes["verification_uri_complete"] == f"http://testserver/device/?code={codes['user_code']}"
    assert_problem(ask(program, codes), 400, error="authorization_pending")
    assert "You can close this page." in text(decide(signed_in, codes, "approve"))
    answer = ask(program, codes)
    made, token = answer.json(), AuthToken.objects.get()
    assert "no-store" in answer.headers["Cache-Control"]
    assert (made["username"], made["scopes"]) == ("ada", ["read", "submit"])
    assert (token.label.name, (token.expiry - token.created).days in {89, 90}) == ("baremath on ada's laptop", True)
    assert program.get(SUBMISSIONS, HTTP_AUTHORIZATION=f"Token {made['token']}").status_code == 200
    assert_problem(ask(program, codes), 400, error="invalid_grant")
    assert AuthToken.objects.count() == 1


def test_a_program_that_is_denied_is_told_so(program, signed_in):
    codes = begin(program).json()
    assert "was not let in" in text(decide(signed_in, codes, "deny"))
    assert_problem(ask(program, codes), 400, error="access_denied")
    assert not AuthToken.objects.exists()


def test_neither_code_is_stored_so_that_it_could_be_used(program):
    codes = begin(program).json()
    row = DeviceSignIn.objects.get()
    assert codes["device_code"] not in str(row.__dict__)
    assert_problem(program.post("/api/v1/device/token/", {"device_code": row.digest}), 400, error="invalid_grant")


# --- the program asks ------------------------------------------------------------------------------------------------


def test_who_asks_too_often_must_wait_longer_from_then_on(program):
    codes = begin(program).json()
    assert_problem(ask(program, codes), 400, error="authorization_pending")
    for interval in (10, 15):
        again = program.post("/api/v1/device/token/", {"device_code": codes["device_code"]})
        detail = f"This program asks too often. From now on it must wait {interval} s each time."
        assert_problem(again, 400, error="slow_down", detail=detail)
    DeviceSignIn.objects.update(polled=timezone.now() - timedelta(seconds=15))
    again = program.post("/api/v1/device/token/", {"device_code": codes["device_code"]})
    assert_problem(again, 400, error="authorization_pending", detail="The user has not decided yet. Ask again in 15 s.")


def test_the_time_to_wait_does_not_grow_for_ever(program):
    codes = begin(program).json()
    DeviceSignIn.objects.update(polled=timezone.now(), interval=devices.SLOWEST_POLL_S)
    program.post("/api/v1/device/token/", {"device_code": codes["device_code"]})
    assert DeviceSignIn.objects.get().interval == devices.SLOWEST_POLL_S


def test_codes_expire(program, signed_in):
    codes = begin(program).json()
    DeviceSignIn.objects.update(expires=timezone.now())
    assert_problem(ask(program, codes), 400, error="expired_token")
    assert "No program waits with this code" in text(decide(signed_in, codes, "approve"))
    DeviceSignIn.objects.update(expires=timezone.now() - timedelta(hours=2))
    begin(program)
    assert_problem(ask(program, codes), 400, error="invalid_grant")


@pytest.mark.parametrize("body", [{}, {"device_code": ""}, {"device_code": None}, {"device_code": "x" * 201}, []])
def test_a_question_that_is_none_is_a_problem(program, body):
    assert_problem(program.post("/api/v1/device/token/", body), 400)


@pytest.mark.parametrize(
    "fields", [{"client_name": "x" * 61}, {"client_name": 7}, {"scopes": ["all"]}, {"scopes": "read"}, {"name": "x"}]
)
def test_a_program_that_asks_for_what_is_not_begins_nothing(program, fields):
    assert_problem(begin(program, **fields), 400)
    assert not DeviceSignIn.objects.exists()


@pytest.mark.parametrize(
    ("sent", "shown"),
    [("a\u202eb\n c", "a b c"), ("", "a program"), ("\u0085", "a program"), ("my laptop", "my laptop")],
)
def test_a_program_is_called_by_what_can_be_seen_of_its_name(program, sent, shown):
    assert begin(program, client_name=sent).status_code == 200
    assert DeviceSignIn.objects.get().client_name == shown


def test_an_old_token_does_not_keep_a_program_from_signing_in(program):
    program.credentials(HTTP_AUTHORIZATION="Token of-before")
    assert begin(program).status_code == 200


def test_somebody_who_was_switched_off_lets_nobody_in(program, signed_in, learner):
    codes = begin(program).json()
    decide(signed_in, codes, "approve")
    learner.is_active = False
    learner.save()
    assert_problem(ask(program, codes), 400, error="access_denied")


def test_one_address_begins_twenty_times_a_minute(program):
    assert [begin(program).status_code for _ in range(20)] == [200] * 20
    assert_problem(begin(program), 429)


# --- its user decides ------------------------------------------------------------------------------------------------


def test_the_page_says_who_asks_from_where_and_for_what(program, signed_in):
    codes = begin(program, client_name="<b>marking</b>", scopes=["submit", "staff"]).json()
    page = signed_in.post("/device/", {"code": codes["user_code"].lower().replace("-", " ")})
    said = text(page)
    assert "Let “<b>marking</b>” in?" in said
    assert "run code and hand in submissions; read and regrade other people's submissions." in said
    assert codes["user_code"] in said
    assert "127.0.0.1" in said
    assert [button["value"] for button in elements(page, "button", name="decision")] == ["approve", "deny"]
    assert_problem(ask(program, codes), 400, error="authorization_pending")


def test_a_code_in_the_address_is_filled_in_and_nothing_more(program, signed_in):
    codes = begin(program).json()
    page = signed_in.get(codes["verification_uri_complete"])
    assert [field["value"] for field in elements(page, "input", name="code")] == [codes["user_code"]]
    assert "ada's laptop" not in text(page)


def test_who_is_not_signed_in_comes_back_with_the_code(program, client):
    response = client.get("/device/", {"code": "BCDF-GHJK"})
    assert response["Location"] == "/accounts/login/?next=/device/%3Fcode%3DBCDF-GHJK"


@pytest.mark.parametrize("typed", ["", "BCDF", "BCDF-GHJ1", "BCDFGHJKL", "\0", "ß" * 8])
def test_what_is_no_code_is_said_to_be_none(signed_in, typed):
    page = signed_in.post("/device/", {"code": typed})
    assert elements(page, "input", name="code", aria_invalid="true")


def test_codes_cannot_be_tried_for_long(program, signed_in):
    codes = begin(program).json()
    for _ in range(20):
        assert signed_in.post("/device/", {"code": "BCDFGHJK"}).status_code == 200
    refused = decide(signed_in, codes, "approve")
    assert refused.status_code == 429
    assert "Too many codes" in text(refused)
    assert_problem(ask(program, codes), 400, error="authorization_pending")


@pytest.mark.parametrize("scope", ["account", "staff"])
def test_more_than_learning_wants_the_password_again(program, signed_in, scope):
    codes = begin(program, scopes=["read", scope]).json()
    assert decide(signed_in, codes, "approve")["Location"].startswith("/accounts/reauthenticate/?next=%2Fdevice%2F")
    assert_problem(ask(program, codes), 400, error="authorization_pending")
    reauthenticate(signed_in)
    decide(signed_in, codes, "approve")
    assert ask(program, codes).json()["scopes"] == ["read", scope]


def test_who_has_too_many_tokens_is_told_so_and_can_approve_later(program, signed_in, learner):
    codes = begin(program).json()
    for number in range(MOST_TOKENS):
        token_create(user=learner, name=f"number {number}", days=None)
    assert "You have 20 tokens, which is the most." in text(decide(signed_in, codes, "approve"))
    AuthToken.objects.first().delete()
    decide(signed_in, codes, "approve")
    token_create(user=learner, name="meanwhile", days=None)
    detail = "You have 20 tokens, which is the most. Revoke one that you no longer use."
    assert_problem(ask(program, codes), 400, error="access_denied", detail=detail)
    AuthToken.objects.first().delete()
    assert ask(program, codes).status_code == 200


def test_what_was_decided_stays_decided(program, signed_in):
    codes = begin(program).json()
    decide(signed_in, codes, "deny")
    assert "No program waits with this code" in text(decide(signed_in, codes, "approve"))
    assert_problem(ask(program, codes), 400, error="access_denied")
