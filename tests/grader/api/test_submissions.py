import pytest
from django.utils import timezone

from courses.models import Task
from grader import grading, services
from tests.grader.api.client import SUBMISSIONS, assert_problem, client_of, listed
from tests.grader.conftest import SOURCE, accepted, claim

pytestmark = pytest.mark.django_db


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


def test_submissions_are_filtered_by_time_backend_and_status(api, make_submission, make_graded):
    waiting = make_submission(backend="torch")
    graded = make_graded()
    running = claim(make_submission())
    by_status = {
        status: listed(api, SUBMISSIONS, status=status) for status in ("queued", "paused", "running", "graded")
    }
    assert by_status == {
        "queued": [],
        "paused": [str(waiting.pk)],  # no worker runs here
        "running": [str(running.pk)],
        "graded": [str(graded.pk)],
    }
    assert listed(api, SUBMISSIONS, backend="torch") == [str(waiting.pk)]
    noon = graded.created.isoformat()
    assert listed(api, SUBMISSIONS, created_after=noon) == [str(running.pk), str(graded.pk)]
    assert listed(api, SUBMISSIONS, created_before=noon) == [str(waiting.pk)]


def test_while_somebody_grades_what_waits_is_queued(api, make_submission, working_worker):
    waiting = make_submission()
    assert listed(api, SUBMISSIONS, status="queued") == [str(waiting.pk)]
    assert listed(api, SUBMISSIONS, status="paused") == []


@pytest.mark.parametrize(
    ("name", "value", "detail"),
    [
        ("verdict", "nice", "“nice” is not allowed here: give one of accepted, partially_accepted, wrong_answer, "),
        ("status", "done", "“done” is not allowed here: give one of queued, paused, running, graded."),
        ("task", "nope", "“nope” is not allowed here: give one of "),
        ("created_after", "yesterday", "Enter a valid date/time."),
        ("created_before", "9999-12-31T23:59:59-23:00", "Ensure this value is less than or equal to 9999-12-30"),
        ("created_after", "0001-01-01T00:00:00+23:00", "Ensure this value is greater than or equal to "),
    ],
)
def test_a_filter_that_is_wrong_is_told_what_is_right(api, catalogue, name, value, detail):
    problem = assert_problem(api.get(SUBMISSIONS, {name: value}), 400)
    assert problem["errors"][0]["pointer"] == f"#/{name}"
    assert problem["detail"].startswith(detail)


def test_the_source_is_text_as_it_was_graded(api, make_submission):
    submission = make_submission(source="# π\ndef mean_squared_error(y_pred, y_true): ...\n")
    response = api.get(f"{SUBMISSIONS}{submission.pk}/source/", HTTP_ACCEPT="text/x-python")
    assert (response.status_code, response.headers["Content-Type"]) == (200, "text/x-python; charset=utf-8")
    assert response.content.decode() == submission.source
    again = api.get(f"{SUBMISSIONS}{submission.pk}/source/", HTTP_IF_NONE_MATCH=response.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")


def test_grading_runs_keep_what_each_verdict_said(api, graded):
    services.regrade(graded)
    grading.store_verdict(claim(graded), accepted(), started=timezone.now())
    runs = f"{SUBMISSIONS}{graded.pk}/runs/"
    assert [(each["number"], each["verdict"]) for each in api.get(runs).json()["results"]] == [
        (2, "accepted"),
        (1, "wrong_answer"),
    ]
    first = api.get(f"{runs}1/").json()
    assert (first["score"], first["provenance"], first["samples"]) == (1.0, {"seed": 7}, [])
    assert [check["feedback"] for check in first["checks"]] == ["", "3 of 4 elements differ."]
    assert first["misconceptions"] == [
        {"slug": "sum-for-mean", "did": "You summed.", "question": "What is divided by N?"}
    ]
    assert [each["url"] for each in api.get(runs).json()["results"]] == [
        f"http://testserver{runs}2/",
        f"http://testserver{runs}1/",
    ]
    one_each = api.get(runs, {"page_size": 1}).json()
    assert listed(api, one_each["next"], "number") == [1]


def test_a_submission_that_waits_has_no_grading_run(api, submission):
    assert listed(api, f"{SUBMISSIONS}{submission.pk}/runs/") == []
    assert_problem(
        api.get(f"{SUBMISSIONS}{submission.pk}/runs/1/"),
        404,
        detail="This submission has no such grading run. Its list of runs has their numbers.",
    )


@pytest.mark.parametrize("part", ["", "source/", "runs/", "runs/1/"])
def test_no_part_of_the_submissions_of_others_exists(graded, other_learner, instructor, broker, part):
    for somebody in (other_learner, instructor):
        response = client_of(somebody).get(f"{SUBMISSIONS}{graded.pk}/{part}", HTTP_ACCEPT="text/x-python, */*")
        detail = "There is no such submission among yours. /api/v1/submissions/ lists them."
        assert_problem(response, 404, detail=detail)


@pytest.mark.parametrize(
    ("part", "queries"),
    [
        ("", 2),  # the token and its user; the submissions
        ("{id}/", 3),  # and the grading runs
        ("{id}/source/", 2),
        ("{id}/runs/", 3),
        ("{id}/runs/1/", 3),
    ],
)
def test_however_many_there_are_the_queries_are_few(api, make_graded, django_assert_num_queries, part, queries):
    graded, *_ = [make_graded() for _ in range(3)]
    services.regrade(graded)
    grading.store_verdict(claim(graded), accepted(), started=timezone.now())
    with django_assert_num_queries(queries):
        assert api.get(f"{SUBMISSIONS}{part.format(id=graded.pk)}").status_code == 200


def test_lists_do_not_read_sources_and_feedback(api, graded, django_assert_num_queries):
    with django_assert_num_queries(2) as asked:
        api.get(SUBMISSIONS)
    assert [query["sql"] for query in asked if '"source"' in query["sql"] or '"result"' in query["sql"]] == []


def test_a_submission_is_read_with_the_feedback_of_its_latest_grading_run_alone(api, graded, django_assert_num_queries):
    with django_assert_num_queries(3) as asked:
        api.get(f"{SUBMISSIONS}{graded.pk}/")
    assert ['"result"' in query["sql"] for query in asked] == [False, True, False]


def test_who_waits_is_counted_once(api, make_submission, django_assert_num_queries):
    submission = make_submission()
    with django_assert_num_queries(4):  # the token and its user, the submission, its grading runs; the queue
        api.get(f"{SUBMISSIONS}{submission.pk}/")
