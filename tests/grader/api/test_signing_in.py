from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from knox.models import AuthToken
from rest_framework.test import APIClient

from tests.grader.api.client import SUBMISSIONS, assert_problem, submit

pytestmark = pytest.mark.django_db


def test_without_a_token_nothing_is_said(client, graded):
    response = client.get(f"{SUBMISSIONS}{graded.pk}/")
    assert_problem(response, 401, detail="Sign in, or send a token in the header “Authorization: Token ...”.")
    assert response.headers["WWW-Authenticate"] == "Token"


def test_a_wrong_token_is_refused(client, db):
    assert_problem(client.get(SUBMISSIONS, HTTP_AUTHORIZATION="Token nonsense"), 401)


def test_a_token_that_was_given_an_end_is_refused_after_it(learner, client, broker):
    instance, token = AuthToken.objects.create(learner, expiry=timedelta(hours=1))
    assert client.get(SUBMISSIONS, HTTP_AUTHORIZATION=f"Token {token}").status_code == 200
    AuthToken.objects.filter(pk=instance.pk).update(expiry=timezone.now())
    assert_problem(client.get(SUBMISSIONS, HTTP_AUTHORIZATION=f"Token {token}"), 401)


def test_a_session_works_too_but_only_with_its_csrf_token(learner, task, broker):
    client = APIClient(enforce_csrf_checks=True)
    client.login(username="ada", password="correct horse battery")
    assert client.get(SUBMISSIONS).status_code == 200
    assert_problem(submit(client), 403)


def test_create_token_prints_a_token_that_works_and_nothing_else(learner, capsys, client, broker):
    call_command("create_token", "ada")
    token = capsys.readouterr().out.strip()
    assert client.get(SUBMISSIONS, HTTP_AUTHORIZATION=f"Token {token}").status_code == 200


def test_create_token_for_nobody_says_what_to_do(db):
    with pytest.raises(CommandError, match="createsuperuser"):
        call_command("create_token", "nobody")
