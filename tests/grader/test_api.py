import json
import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from knox.models import AuthToken
from openapi_spec_validator import validate
from rest_framework.test import APIClient

from courses.models import Task
from grader.models import Submission
from tests.grader.conftest import SOURCE, claim
from tests.grader.test_services import NO_BROKER

pytestmark = pytest.mark.django_db

SUBMISSIONS = "/api/v1/submissions/"


@pytest.fixture
def api(learner, broker):
    """A client that sends the learner's token."""
    return client_of(learner)


def client_of(user):
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {AuthToken.objects.create(user)[1]}")
    return client


def submit(api, **fields):
    return api.post(SUBMISSIONS, {"task": "mean-squared-error", "source": SOURCE, "backend": "numpy"} | fields)


def assert_problem(response, status, **fields):
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/problem+json"
    problem = json.loads(response.content)
    assert (problem["type"], problem["status"]) == ("about:blank", status)
    assert problem["title"]
    assert problem["detail"]
    assert {name: problem[name] for name in fields} == fields
    return problem


# --- submitting ------------------------------------------------------------------------------------------------------


def test_a_submission_is_accepted_for_grading(api, task):
    response = submit(api)
    submission = Submission.objects.get()
    url = f"http://testserver/api/v1/submissions/{submission.pk}/"
    assert response.status_code == 202
    assert (response.headers["Location"], response.headers["Retry-After"]) == (url, "1")
    assert response.json() == {"id": str(submission.pk), "url": url, "status": "paused"}  # no worker runs here


def test_a_submission_asks_the_database_three_times(api, task, django_assert_num_queries):
    with django_assert_num_queries(3):  # the token and its user, the task; the row
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
        ({"backend": "jax"}, "#/backend", '"jax" is not a valid choice.'),
        ({"source": ""}, "#/source", "The source is empty. Write the function that the task asks for."),
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


# --- reading ---------------------------------------------------------------------------------------------------------


def test_a_graded_submission_says_everything(api, graded):
    body = api.get(f"{SUBMISSIONS}{graded.pk}/").json()
    run = graded.latest_run
    assert {name: body[name] for name in ("status", "verdict", "score", "max_score", "task", "backend", "source")} == {
        "status": "graded",
        "verdict": "wrong_answer",
        "score": 1.0,
        "max_score": 4.0,
        "task": "mean-squared-error",
        "backend": "numpy",
        "source": SOURCE,
    }
    assert [(check["name"], check["passed"], check["feedback"]) for check in body["checks"]] == [
        ("shape", True, ""),
        ("values", False, "3 of 4 elements differ."),
    ]
    assert body["misconceptions"] == ["sum-for-mean"]
    assert body["provenance"] == {"seed": 7}
    assert list(body["phases"]) == ["created", "queued", "claimed", "started", "finished"]
    assert [(each["number"], each["verdict"]) for each in body["runs"]] == [(1, run.verdict)]


def test_a_queued_submission_has_no_verdict_and_a_place(api, make_submission):
    make_submission()
    submission = make_submission()
    response = api.get(f"{SUBMISSIONS}{submission.pk}/")
    body = response.json()
    assert (body["verdict"], body["score"], body["checks"], body["queue_position"]) == (None, None, [], 1)
    assert (body["status"], body["reason"][:17]) == ("paused", "Grading is paused")
    assert response.headers["Retry-After"] == "1"


def test_a_running_submission_says_so(api, submission):
    claim(submission)
    assert api.get(f"{SUBMISSIONS}{submission.pk}/").json()["status"] == "running"


def test_what_has_not_changed_is_not_sent_again(api, graded):
    first = api.get(f"{SUBMISSIONS}{graded.pk}/")
    again = api.get(f"{SUBMISSIONS}{graded.pk}/", HTTP_IF_NONE_MATCH=first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")


def test_the_submissions_of_others_do_not_exist(graded, other_learner, instructor, broker):
    for somebody in (other_learner, instructor):
        client = client_of(somebody)
        assert_problem(client.get(f"{SUBMISSIONS}{graded.pk}/"), 404)
        assert client.get(SUBMISSIONS).json()["results"] == []


def test_the_list_comes_in_pages_newest_first(api, make_submission):
    made = [str(make_submission().pk) for _ in range(21)]
    first = api.get(SUBMISSIONS).json()
    second = api.get(first["next"]).json()
    assert [each["id"] for each in first["results"] + second["results"]] == made[::-1]
    assert second["next"] is None


def test_the_list_can_be_filtered(api, graded, make_submission):
    make_submission(task=Task.objects.get(slug="conv2d-forward"))
    ids = [each["id"] for each in api.get(SUBMISSIONS, {"task": "mean-squared-error"}).json()["results"]]
    assert ids == [str(graded.pk)]
    ids = [each["id"] for each in api.get(SUBMISSIONS, {"verdict": "wrong_answer"}).json()["results"]]
    assert ids == [str(graded.pk)]
    assert_problem(api.get(SUBMISSIONS, {"verdict": "nice"}), 400)


def test_tasks_can_be_read_without_an_account(client, catalogue):
    listed = client.get("/api/v1/tasks/").json()
    assert {each["slug"] for each in listed} == set(Task.objects.values_list("slug", flat=True))
    body = client.get("/api/v1/tasks/mean-squared-error/").json()
    assert (body["entry"], body["backends"]) == ("mean_squared_error", ["numpy", "torch"])
    assert "def mean_squared_error" in body["starter"]
    assert sum(check["points"] for check in body["checks"]) == body["max_score"]


# --- who, and where --------------------------------------------------------------------------------------------------


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


def test_a_method_that_does_not_exist_is_a_problem(api):
    response = api.delete(SUBMISSIONS)
    assert_problem(response, 405)
    assert response.headers["Allow"] == "GET, POST, HEAD, OPTIONS"


@pytest.mark.parametrize("path", ["/api/", "/api/v2/", "/api/v1/submissions/not-a-uuid/", "/api/v1/tasks/nope/"])
def test_an_unknown_address_is_a_problem(api, catalogue, path):
    assert_problem(api.get(path), 404)


def test_a_missing_slash_is_pointed_out(api):
    problem = assert_problem(api.post("/api/v1/submissions", {}), 404)
    assert problem["detail"].endswith("Try /api/v1/submissions/")


def test_our_own_failure_is_a_problem_and_tells_nothing(api, task, submission, settings, tmp_path, caplog):
    settings.CONTENT_DIR = tmp_path / "gone"
    problem = assert_problem(api.get("/api/v1/tasks/mean-squared-error/"), 500)
    assert "gone" not in problem["detail"]
    assert "failed" in caplog.text


def test_the_schema_is_valid_openapi(client):
    response = client.get("/api/schema/", {"format": "json"})
    document = json.loads(response.content)
    validate(document)
    assert document["openapi"].startswith("3.1")
    assert set(document["paths"]) == {
        "/api/v1/tasks/",
        "/api/v1/tasks/{slug}/",
        "/api/v1/submissions/",
        "/api/v1/submissions/{id}/",
        "/api/v1/webhooks/",
        "/api/v1/webhooks/{webhook_id}/",
        "/api/v1/webhooks/{webhook_id}/ping/",
        "/api/v1/webhooks/{webhook_id}/deliveries/",
        "/api/v1/webhooks/{webhook_id}/deliveries/{delivery_id}/",
        "/api/v1/webhooks/{webhook_id}/deliveries/{delivery_id}/replay/",
        "/api/v1/tokens/",
        "/api/v1/tokens/{key}/",
        "/api/v1/device/",
        "/api/v1/device/token/",
    }


def test_the_schema_is_generated_without_a_warning(tmp_path):
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "schema.yml"))
    assert (tmp_path / "schema.yml").stat().st_size > 0


def test_the_docs_keep_the_content_security_policy(client):
    response = client.get("/api/docs/")
    page = response.content.decode()
    assert response.headers["Content-Security-Policy"].count("unsafe") == 0
    assert ("<style" in page, re.findall(r"<script>", page), re.findall(r"https?://", page)) == (False, [], [])
    assert len(re.findall(r'<script src="/', page)) == 3
