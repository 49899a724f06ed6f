"""Deleting one's account: what goes, who cannot, and what a worker makes of submissions that are gone."""

import uuid

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import CASCADE, SET_NULL
from django.test import Client
from django.utils import timezone
from knox.models import AuthToken

from grader import grading, jobs
from grader.models import GradingRun, Submission
from grader.webhooks.services import queue_ping
from lms.accounts.services import StaffAccountError, account_delete, token_create
from tests.accounts.conftest import PASSWORD
from tests.grader.conftest import accepted, claim
from tests.grader.webhooks.conftest import make_webhook
from tests.web.html import elements, text


def delete(client, username="ada"):
    return client.post("/accounts/delete/", {"username": username}, follow=True)


def rows_by_table():
    """Count all rows that are not the catalogue's or the framework's own."""
    with connection.cursor() as cursor:
        ours = (
            "accounts_",
            "account_",
            "grader_",
            "knox_",
            "mfa_",
            "usersessions_",
            "webhooks_",
            "django_session",
            "django_admin",
        )
        tables = [name for name in connection.introspection.table_names(cursor) if name.startswith(ours)]
        return {name: cursor.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables}


def test_everything_goes_and_nothing_of_others(trusted, learner, other_learner, make_graded, make_submission):
    make_graded(user=other_learner)
    token_create(user=other_learner, name="theirs", days=None)
    queue_ping(make_webhook(other_learner))
    before = rows_by_table()
    Client().post("/accounts/login/", {"login": "ada", "password": PASSWORD})
    make_graded()
    make_submission()
    claim(make_submission())
    token_create(user=learner, name="laptop", days=None)
    queue_ping(make_webhook(learner))
    EmailAddress.objects.create(user=learner, email="ada@example.org", primary=True)
    TOTP.activate(learner, "secret")
    response = delete(trusted)
    assert "Your account is deleted" in text(response)
    assert elements(response, "a", href="/accounts/login/")
    after = rows_by_table()
    not_theirs = {name: after[name] for name in ("django_session", "accounts_accountlimit")}
    assert after == before | {"accounts_user": before["accounts_user"] - 1} | not_theirs
    assert not any(str(learner.pk) == session.get_decoded().get("_auth_user_id") for session in Session.objects.all())


def test_everywhere_else_one_is_signed_out(trusted, learner):
    elsewhere = Client()
    elsewhere.post("/accounts/login/", {"login": "ada", "password": PASSWORD})
    _, secret = token_create(user=learner, name="laptop", days=None)
    delete(trusted)
    assert elsewhere.get("/accounts/profile/").status_code == 302
    assert Client().get("/api/v1/submissions/", headers={"authorization": f"Token {secret}"}).status_code == 401
    assert Client().post("/accounts/login/", {"login": "ada", "password": PASSWORD}).status_code == 200


@pytest.mark.parametrize("typed", ["", "emmy", "Ada", "ada@example.org"])
def test_another_name_deletes_nothing(trusted, other_learner, typed):
    response = delete(trusted, typed)
    assert elements(response, "input", name="username", aria_invalid="true")
    assert get_user_model().objects.filter(username="ada").exists()


def test_looking_at_the_page_deletes_nothing_and_says_what_would_go(trusted, make_graded, learner):
    make_graded()
    make_graded()
    token_create(user=learner, name="laptop", days=None)
    make_webhook(learner)
    said = text(trusted.get("/accounts/delete/"))
    assert "your 2 submissions with all their verdicts" in said
    assert "your 1 API token" in said
    assert "your 1 webhook: nothing is sent there any more" in said
    assert Submission.objects.count() == 2


def test_deletion_wants_the_password_again(signed_in):
    response = signed_in.post("/accounts/delete/", {"username": "ada"})
    assert response["Location"].startswith("/accounts/reauthenticate/")
    assert get_user_model().objects.filter(username="ada").exists()


def test_the_staff_cannot_delete_themselves(visitor, instructor):
    visitor.force_login(instructor)
    visitor.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert elements(visitor.get("/accounts/delete/"), "input", name="username") == []
    response = visitor.post("/accounts/delete/", {"username": "grace"})
    assert response.status_code == 403
    assert "An account of the staff cannot delete itself" in text(response)
    with pytest.raises(StaffAccountError):
        account_delete(instructor)
    assert get_user_model().objects.filter(username="grace").exists()


def test_nothing_that_refers_to_a_user_forbids_the_deletion():
    relations = [field for field in get_user_model()._meta.get_fields(include_hidden=True) if field.auto_created]
    owned = [field for field in relations if field.one_to_many or field.one_to_one]
    assert [field.related_model for field in owned if field.on_delete not in {CASCADE, SET_NULL}] == []


def test_a_job_for_a_submission_that_is_gone_does_nothing(broker, submission_of_deleted):
    jobs.grade_next("grade")
    assert not GradingRun.objects.exists()


def test_a_verdict_on_a_submission_that_is_gone_is_dropped(broker, submission_of_deleted):
    assert grading.store_verdict(submission_of_deleted, accepted(), started=timezone.now()) is None
    grading.give_back(submission_of_deleted)
    grading.try_again(submission_of_deleted)
    assert not GradingRun.objects.exists()


@pytest.fixture
def submission_of_deleted(learner, make_submission):
    claimed = claim(make_submission())
    account_delete(learner)
    return claimed


def test_a_submission_that_goes_while_it_is_claimed_takes_no_worker_down(broker, learner, make_submission):
    make_submission()

    def delete_after_the_claim(execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        if sql.startswith("UPDATE") and "claimed_by" in sql:
            wrapped.__exit__(None, None, None)
            account_delete(learner)
        return result

    wrapped = connection.execute_wrapper(delete_after_the_claim)
    wrapped.__enter__()
    jobs.grade_next("grade")
    assert not Submission.objects.exists()


def test_a_session_of_nobody_is_no_error(visitor, learner):
    visitor.post("/accounts/login/", {"login": "ada", "password": PASSWORD})
    UserSession.objects.filter(user=learner).update(session_key=uuid.uuid4().hex)
    account_delete(learner)
    assert visitor.get("/").status_code == 200
    assert not AuthToken.objects.exists()
