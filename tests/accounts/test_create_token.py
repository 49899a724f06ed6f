"""`manage.py create_token`, for operators."""

import pytest
from django.core.management import CommandError, call_command

from lms.accounts.models import TokenLabel

pytestmark = pytest.mark.django_db


def made(capsys, *arguments):
    call_command("create_token", *arguments)
    return capsys.readouterr().out.strip()


def test_it_prints_a_token_that_works_and_nothing_else(learner, capsys, client, broker):
    token = made(capsys, "ada")
    assert client.get("/api/v1/submissions/", headers={"authorization": f"Token {token}"}).status_code == 200
    assert not TokenLabel.objects.exists()


def test_a_token_may_do_only_what_was_asked_for(learner, capsys, client, broker):
    token = made(capsys, "ada", "--scope", "submit", "--scope", "read")
    assert TokenLabel.objects.get().scopes == ["read", "submit"]
    assert client.get("/api/v1/submissions/", headers={"authorization": f"Token {token}"}).status_code == 200


def test_a_scope_that_does_not_exist_is_refused_with_those_that_do(learner):
    with pytest.raises(CommandError, match=r"choose from '?read'?, '?submit'?, '?account'?, '?staff'?"):
        call_command("create_token", "ada", "--scope", "write")


def test_a_token_for_nobody_says_what_to_do(db):
    with pytest.raises(CommandError, match="createsuperuser"):
        call_command("create_token", "nobody")
