import json

import pytest

from courses.models import Task
from grader.models import Submission
from tests.grader.api.client import SUBMISSIONS, assert_problem, submit
from tests.grader.test_services import NO_BROKER

pytestmark = pytest.mark.django_db


def test_a_submission_is_accepted_for_grading(api, task):
    response = submit(api)
    submission = Submission.objects.get()
    url = f"http://testserver/api/v1/submissions/{submission.pk}/"
    assert response.status_code == 202
    assert (response.headers["Location"], response.headers["Retry-After"]) == (url, "1")
    assert response.json() == {"id": str(submission.pk), "url": url, "status": "paused"}  # no worker runs here


def test_a_submission_asks_the_database_five_times(api, task, django_assert_num_queries, monkeypatch):
    monkeypatch.setattr("grader.backlog.COUNT_KEPT_S", 3600)  # the count of who waits is asked for once a second
    submit(api)
    with django_assert_num_queries(5):  # the token and its user, the task; two for its turn; the row
        submit(api)


def test_a_broker_that_is_down_does_not_fail_the_post(api, task, settings):
    settings.REDIS_URL = NO_BROKER
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": NO_BROKER}}
    assert submit(api).status_code == 202
    assert Submission.objects.get().status == "queued"


@pytest.mark.parametrize(
    ("fields", "pointer", "detail"),
    [
        ({"task": "nope"}, "#/task", "There is no task “nope”. /api/v1/tasks/ lists them."),
        ({"backend": "jax"}, "#/backend", "“jax” is not a backend. There are: numpy, torch."),
        ({"source": ""}, "#/source", "The source is empty. Write the function that the task asks for."),
        ({"tasks": "x"}, "#/tasks", "There is no such field. The fields are: task, source, backend."),
        ({"source": None}, "#/source", "This field may not be null."),
        ({"source": "#" * 65_537}, "#/source", "The source is 65,537 bytes long; at most 65,536 are accepted."),
        ({"source": "x\0"}, "#/source", "Null characters are not allowed."),
    ],
)
def test_a_field_that_is_wrong_is_named(api, task, fields, pointer, detail):
    response = submit(api, **fields)
    assert_problem(response, 400, detail=detail, errors=[{"pointer": pointer, "detail": detail}])
    assert not Submission.objects.exists()


def test_half_a_surrogate_pair_is_a_bad_request(api, task):
    body = json.dumps({"task": "mean-squared-error", "source": "x = '\ud800'", "backend": "numpy"})
    assert_problem(api.post(SUBMISSIONS, body, content_type="application/json"), 400)


def test_an_unpublished_task_is_no_task(api, task):
    Task.objects.update(is_published=False)
    assert_problem(submit(api), 400)
    assert_problem(api.get("/api/v1/tasks/mean-squared-error/"), 404)


def test_malformed_json_is_a_problem(api):
    assert_problem(api.post(SUBMISSIONS, "{", content_type="application/json"), 400, title="Bad Request")


def test_a_body_that_cannot_be_a_submission_is_not_read(api):
    body = json.dumps({"source": "#" * 500_000})
    assert_problem(api.post(SUBMISSIONS, body, content_type="application/json"), 413)


def test_another_content_type_is_a_problem(api):
    assert_problem(api.post(SUBMISSIONS, "task=x", content_type="application/x-www-form-urlencoded"), 415)


def test_too_many_submissions_are_told_when_to_come_back(api, task, monkeypatch):
    monkeypatch.setattr("grader.api.throttles.SubmitThrottle.THROTTLE_RATES", {"submit": "2/min"})
    statuses = [submit(api).status_code for _ in range(2)]
    assert statuses == [202, 202]
    response = submit(api)
    assert_problem(response, 429)
    assert 0 < int(response.headers["Retry-After"]) <= 60
