"""Tokens through the API: never with more than whoever asks has."""

import pytest
from knox.models import AuthToken
from rest_framework.test import APIClient

from grader.api.scopes import Scope
from lms.accounts.models import TokenLabel
from lms.accounts.services import MOST_TOKENS, token_create
from tests.accounts.conftest import reauthenticate
from tests.grader.api.client import SUBMISSIONS, assert_problem

pytestmark = pytest.mark.django_db

TOKENS = "/api/v1/tokens/"
TOO_MUCH = (
    "A token gives no more than it has: staff is not among its scopes, which are: account. "
    "Ask for less, or make the token at /accounts/tokens/."
)


@pytest.fixture
def client_with(learner, broker):
    """Return a function that makes a client whose token has the given scopes."""

    def make(*scopes, user=learner):
        client = APIClient()
        _, secret = token_create(user=user, name="first", days=None, scopes=scopes)
        client.credentials(HTTP_AUTHORIZATION=f"Token {secret}")
        return client

    return make


def test_a_token_is_made_and_its_secret_told_once(client_with):
    client = client_with("read", "account")
    response = client.post(TOKENS, {"name": "laptop", "scopes": ["read"], "days": 30})
    made = response.json()
    assert (response.status_code, "no-store" in response.headers["Cache-Control"]) == (201, True)
    row = AuthToken.objects.get(label__name="laptop")
    assert (row.expiry - row.created).days in {29, 30}
    secret = made.pop("token")
    listed = client.get(TOKENS).json()["results"]
    assert listed[0] == made
    assert {name: made[name] for name in ("key", "name", "scopes", "current")} == {
        "key": secret[:8],
        "name": "laptop",
        "scopes": ["read"],
        "current": False,
    }
    assert APIClient().get(SUBMISSIONS, HTTP_AUTHORIZATION=f"Token {secret}").status_code == 200
    assert [each["current"] for each in listed] == [False, True]


def test_what_is_not_said_is_what_a_usual_program_needs(client_with):
    client_with("read", "submit", "account").post(TOKENS, {"name": "laptop"})
    row = AuthToken.objects.get(label__name="laptop")
    assert row.label.scopes == ["read", "submit"]
    assert (row.expiry - row.created).days in {89, 90}


def test_a_token_can_be_valid_until_it_is_revoked(client_with):
    assert (
        client_with("account").post(TOKENS, {"name": "for ever", "scopes": ["account"], "days": None}).json()["expires"]
        is None
    )


@pytest.mark.parametrize(
    ("fields", "pointer", "detail"),
    [
        ({"name": ""}, "#/name", "This field may not be blank."),
        ({"name": "x" * 61}, "#/name", "Ensure this field has no more than 60 characters."),
        ({"days": 0}, "#/days", "Ensure this value is greater than or equal to 1."),
        ({"days": 366}, "#/days", "Ensure this value is less than or equal to 365."),
        ({"scopes": []}, "#/scopes", "This list may not be empty."),
        (
            {"scopes": ["account", "staff"]},
            "#/scopes",
            TOO_MUCH,
        ),
    ],
)
def test_a_field_that_is_wrong_is_named(client_with, fields, pointer, detail):
    response = client_with("account").post(TOKENS, {"name": "laptop", "scopes": ["account"]} | fields)
    assert_problem(response, 400, detail=detail, errors=[{"pointer": pointer, "detail": detail}])
    assert AuthToken.objects.count() == 1


def test_a_scope_that_does_not_exist_is_answered_with_those_that_do(client_with):
    problem = assert_problem(client_with("account").post(TOKENS, {"name": "laptop", "scopes": ["write"]}), 400)
    assert problem["detail"] == "“write” is not a scope. There are: read, submit, account, staff."


def test_there_is_an_end_to_tokens(client_with, learner):
    client = client_with("account")
    for number in range(MOST_TOKENS - 1):
        token_create(user=learner, name=f"number {number}", days=None)
    problem = assert_problem(client.post(TOKENS, {"name": "one more", "scopes": ["account"]}), 409)
    assert problem["detail"] == "You have 20 tokens, which is the most. Revoke one that you no longer use."


@pytest.mark.parametrize("length", [8, 15])
def test_a_token_is_revoked_by_the_beginning_of_its_key(client_with, learner, length):
    client = client_with("account")
    other, _ = token_create(user=learner, name="other", days=None)
    assert client.delete(f"{TOKENS}{other.token_key[:length]}/").status_code == 204
    assert list(TokenLabel.objects.values_list("name", flat=True)) == ["first"]


@pytest.mark.parametrize("key", ["00000000", "%00", "0000000", "____________"])
def test_no_other_key_revokes_anything(client_with, other_learner, key):
    client = client_with("account")
    theirs, _ = token_create(user=other_learner, name="theirs", days=None)
    assert_problem(client.delete(f"{TOKENS}{key}/"), 404)
    assert_problem(client.delete(f"{TOKENS}{theirs.token_key}/"), 404)
    assert AuthToken.objects.count() == 2


@pytest.mark.parametrize("scope", Scope.values)
def test_a_token_of_any_scope_revokes_itself_and_no_other(client_with, learner, scope):
    client = client_with(scope)
    token_create(user=learner, name="other", days=None)
    response = client.delete(f"{TOKENS}current/")
    assert (response.status_code, response.content) == (204, b"")
    assert list(TokenLabel.objects.values_list("name", flat=True)) == ["other"]
    assert_problem(client.delete(f"{TOKENS}current/"), 401)


def test_a_token_that_an_operator_made_revokes_itself(learner, broker):
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {AuthToken.objects.create(learner)[1]}")
    assert (client.delete(f"{TOKENS}current/").status_code, AuthToken.objects.count()) == (204, 0)


def test_a_session_is_no_token_to_revoke(signed_in):
    detail = "This request came with a session, not with a token. A session ends at /accounts/logout/."
    assert_problem(signed_in.delete(f"{TOKENS}current/"), 404, detail=detail)


def test_tokens_want_the_scope_account(client_with):
    client = client_with("read", "submit", "staff")
    for response in (client.get(TOKENS), client.post(TOKENS, {"name": "laptop"}), client.delete(f"{TOKENS}00000000/")):
        assert_problem(response, 403)
    assert AuthToken.objects.count() == 1


def test_a_session_must_have_typed_the_password_again(signed_in):
    assert signed_in.get(TOKENS).json()["results"] == []
    refused = signed_in.post(TOKENS, {"name": "laptop"}, content_type="application/json")
    assert "only just after the password was typed once more" in assert_problem(refused, 403)["detail"]
    reauthenticate(signed_in)
    assert signed_in.post(TOKENS, {"name": "laptop"}, content_type="application/json").status_code == 201
