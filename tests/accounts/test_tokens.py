"""API tokens: made with a name, shown once, listed, revoked; by its owner alone, who has just typed the password."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from knox.models import AuthToken

from lms.accounts.models import TokenLabel
from lms.accounts.services import MOST_TOKENS, token_create
from tests.accounts.conftest import reauthenticate
from tests.web.html import elements, text


def make(client, **fields):
    return client.post("/accounts/tokens/", {"name": "laptop", "scopes": ["read", "submit"], "days": "90"} | fields)


def secret_in(response):
    return re.search(r'id="new-token">(\w+)<', response.content.decode())[1]


def api(client, secret):
    return client.get("/api/v1/submissions/", headers={"authorization": f"Token {secret}"})


def test_a_token_is_shown_once_and_works(trusted, client_of_nobody):
    secret = secret_in(make(trusted))
    assert api(client_of_nobody, secret).status_code == 200
    page = trusted.get("/accounts/tokens/")
    assert secret not in page.content.decode()
    assert "laptop" in text(page)
    assert f"{secret[:8]}…" in text(page)


@pytest.fixture
def client_of_nobody():
    from django.test import Client

    return Client()


@pytest.mark.parametrize(("days", "valid_for"), [("30", timedelta(30)), ("365", timedelta(365)), ("", None)])
def test_a_token_expires_when_it_was_said_to(trusted, days, valid_for):
    make(trusted, days=days)
    token = AuthToken.objects.get()
    assert (token.expiry and token.expiry - token.created) == pytest.approx(valid_for, abs=timedelta(minutes=1))


@pytest.mark.parametrize(
    "fields",
    [
        {"name": ""},
        {"name": "x" * 61},
        {"days": "9999"},
        {"days": "-1"},
        {"days": "x"},
        {"scopes": []},
        {"scopes": ["everything"]},
        {"scopes": ["staff"]},
    ],
)
def test_a_form_that_cannot_be_makes_no_token(trusted, fields):
    assert 'id="new-token"' not in make(trusted, **fields).content.decode()
    assert not AuthToken.objects.exists()


def test_a_token_may_do_what_was_ticked_and_the_page_says_it(trusted, learner):
    page = trusted.get("/accounts/tokens/")
    assert [box["value"] for box in elements(page, "input", name="scopes")] == ["read", "submit", "account"]
    assert [box["value"] for box in elements(page, "input", name="scopes", checked=None)] == ["read", "submit"]
    make(trusted, scopes=["submit", "read"])
    assert TokenLabel.objects.get().scopes == ["read", "submit"]
    said = text(trusted.get("/accounts/tokens/"))
    assert "May read what is yours: submissions, verdicts, progress; run code and hand in submissions." in said


def test_the_staff_may_give_the_scope_of_the_staff(visitor, instructor):
    visitor.force_login(instructor)
    reauthenticate(visitor)
    make(visitor, scopes=["staff"])
    assert TokenLabel.objects.get().scopes == ["staff"]


def test_tokens_of_before_may_do_everything(trusted, learner):
    TokenLabel.objects.create(token=AuthToken.objects.create(learner)[0], name="of before")
    assert "May do everything that the API offers." in text(trusted.get("/accounts/tokens/"))


def test_a_name_is_shown_as_it_is(trusted):
    assert elements(make(trusted, name="<b>laptop</b>"), "b") == []


def test_an_expired_token_is_listed_as_such(trusted, learner):
    token, _ = token_create(user=learner, name="old", days=30)
    AuthToken.objects.filter(pk=token.pk).update(expiry=timezone.now())
    assert "expired" in text(trusted.get("/accounts/tokens/"))


def test_a_token_of_the_command_is_listed_too(trusted, learner):
    AuthToken.objects.create(learner)
    assert "Made with manage.py" in text(trusted.get("/accounts/tokens/"))


def test_a_revoked_token_no_longer_works(trusted, client_of_nobody):
    secret = secret_in(make(trusted))
    response = trusted.post("/accounts/tokens/revoke/", {"key": secret[:15]}, follow=True)
    assert "The token is revoked" in text(response)
    assert api(client_of_nobody, secret).status_code == 401


def test_nobody_revokes_the_token_of_another(trusted, other_learner):
    token, _ = token_create(user=other_learner, name="theirs", days=None)
    response = trusted.post("/accounts/tokens/revoke/", {"key": token.token_key}, follow=True)
    assert "You have no such token." in text(response)
    assert AuthToken.objects.get().user == other_learner


def test_a_token_that_has_expired_makes_room(trusted, learner):
    for number in range(MOST_TOKENS):
        token_create(user=learner, name=f"number {number}", days=30)
    AuthToken.objects.filter(pk=AuthToken.objects.first().pk).update(expiry=timezone.now())
    assert secret_in(make(trusted))
    assert AuthToken.objects.count() == MOST_TOKENS


def test_there_is_an_end_to_tokens(trusted, learner):
    for number in range(MOST_TOKENS):
        token_create(user=learner, name=f"number {number}", days=None)
    response = make(trusted)
    assert f"You have {MOST_TOKENS} tokens, which is the most." in text(response)
    assert AuthToken.objects.count() == MOST_TOKENS


@pytest.mark.parametrize("method", ["get", "post"])
def test_tokens_want_the_password_again(signed_in, method):
    response = getattr(signed_in, method)("/accounts/tokens/", {"name": "laptop", "days": ""})
    assert response["Location"].startswith("/accounts/reauthenticate/?next=%2Faccounts%2Ftokens%2F")
    assert not AuthToken.objects.exists()


def test_a_wrong_password_opens_nothing(signed_in):
    assert reauthenticate(signed_in, "wrong").status_code == 200
    assert make(signed_in).status_code == 302
    assert not AuthToken.objects.exists()


def test_the_list_asks_the_database_no_more_for_more_tokens(trusted, learner, django_assert_num_queries):
    for number in range(5):
        token_create(user=learner, name=f"number {number}", days=None)
    with django_assert_num_queries(6):  # session, user, three for how to type the password again, tokens
        trusted.get("/accounts/tokens/")
