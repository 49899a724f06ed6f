"""Idempotency-Key. Many requests at once, on both databases: tests/system/test_idempotency.py."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from grader.models import KeptAnswer, Submission
from grader.sweeper import sweep
from tests.grader.api.client import SUBMISSIONS, assert_problem, client_of
from tests.grader.conftest import SOURCE, queued_arguments

pytestmark = pytest.mark.django_db

FIELDS = {"task": "mean-squared-error", "source": SOURCE, "backend": "numpy"}


@pytest.fixture
def api(learner, broker):
    return client_of(learner)


def post(api, key="first", **fields):
    return api.post(SUBMISSIONS, FIELDS | fields, HTTP_IDEMPOTENCY_KEY=key)


def test_the_same_request_is_done_once_and_answered_twice(api, task, broker, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        first, second = post(api), post(api)
    assert [first.status_code, second.status_code] == [202, 202]
    assert first.content == second.content
    for name in ("Location", "Retry-After", "Content-Type"):
        assert first.headers[name] == second.headers[name]
    assert (first.headers.get("Idempotency-Replayed"), second.headers["Idempotency-Replayed"]) == (None, "true")
    assert (queued_arguments(broker), Submission.objects.count()) == (["grade"], 1)


def test_another_body_under_the_same_key_is_refused(api, task):
    post(api)
    assert_problem(post(api, source="x = 1\n"), 422)
    assert Submission.objects.count() == 1


def test_keys_of_different_people_do_not_meet(api, task, other_learner):
    post(api)
    assert post(client_of(other_learner)).headers.get("Idempotency-Replayed") is None
    assert Submission.objects.count() == 2


def test_without_a_key_each_request_is_meant(api, task):
    for _ in range(2):
        api.post(SUBMISSIONS, FIELDS)
    assert (Submission.objects.count(), KeptAnswer.objects.count()) == (2, 0)


def test_an_error_is_not_kept(api, task):
    assert_problem(post(api, source=""), 400)
    assert KeptAnswer.objects.count() == 0
    assert post(api).status_code == 202


def test_a_full_queue_is_not_kept(api, task, settings, backlog_counts):
    settings.QUEUE_MAX = 0
    assert_problem(post(api), 503)
    settings.QUEUE_MAX = 1
    assert post(api).status_code == 202
    assert post(api).headers["Idempotency-Replayed"] == "true"  # the queue is full, and nothing is added


@pytest.mark.parametrize("key", ["", "two words", "ü", "x" * 256])
def test_a_key_that_cannot_be_one_is_named(api, task, key):
    assert_problem(post(api, key), 400)
    assert not Submission.objects.exists()


def test_answers_are_kept_for_a_day(api, task, broker):
    post(api)
    KeptAnswer.objects.update(created=timezone.now() - timedelta(hours=23))
    sweep()
    assert KeptAnswer.objects.count() == 1
    KeptAnswer.objects.update(created=timezone.now() - timedelta(hours=25))
    sweep()
    assert KeptAnswer.objects.count() == 0


def test_a_sweeper_with_a_wrong_clock_forgets_no_answer(api, task, broker, monkeypatch):
    post(api)
    monkeypatch.setattr(timezone, "now", lambda: datetime.now(UTC) + timedelta(days=2))
    sweep()
    assert KeptAnswer.objects.count() == 1


def test_the_schema_tells_of_the_key(client):
    document = client.get("/api/schema/", {"format": "json"}).json()
    parameters = document["paths"]["/api/v1/submissions/"]["post"]["parameters"]
    assert [(each["name"], each["in"]) for each in parameters] == [("Idempotency-Key", "header")]
