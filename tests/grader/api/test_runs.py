import uuid

import pytest

from grader import jobs, runs, selectors
from tests.grader.api.client import API, assert_problem, client_of
from tests.grader.conftest import SOURCE, queued_arguments
from tests.grader.test_services import NO_BROKER

pytestmark = pytest.mark.django_db
RUNS = f"{API}runs/"
OWN = {"y_true": "[1.0, 2.0]", "y_pred": "[1.0, 4.0]"}


def run(api, **fields):
    return api.post(RUNS, {"task": "mean-squared-error", "source": SOURCE, "backend": "numpy"} | fields)


def test_a_run_is_queued_and_recorded_nowhere(api, learner, task, broker):
    response = run(api)
    body = response.json()
    url = f"http://testserver{RUNS}{body['id']}/"
    assert response.status_code == 202
    assert (response.headers["Location"], response.headers["Retry-After"]) == (url, "1")
    assert body == {"id": body["id"], "url": url, "status": "paused", "events": f"{url}events/"}  # no worker runs here
    assert queued_arguments(broker, "run") == [body["id"]]
    assert (selectors.run_get(learner, body["id"]).inputs, learner.submissions.count()) == (None, 0)


def test_a_fourth_run_at_a_time_is_refused(api, task, broker):
    assert [run(api).status_code for _ in range(3)] == [202] * 3
    detail = "3 of your runs are not done yet. Wait for one of them, then run the code again."
    assert_problem(run(api), 409, title="Conflict", detail=detail)


def test_a_run_costs_two_queries(api, task, django_assert_num_queries):
    with django_assert_num_queries(2):  # the token and its user, the task
        run(api)


def test_a_run_that_waits_says_why_and_when_to_ask_again(api, task):
    response = api.get(run(api).json()["url"])
    body = response.json()
    assert {name: body[name] for name in ("task", "backend", "status", "result")} == {
        "task": "mean-squared-error",
        "backend": "numpy",
        "status": "paused",
        "result": None,
    }
    assert body["reason"].startswith("Grading is paused: no grading worker is running.")
    assert response.headers["Retry-After"] == "1"


def test_a_run_of_ones_own_input_takes_literals(api, learner, task):
    body = run(api, inputs=OWN).json()
    assert selectors.run_get(learner, body["id"]).inputs == OWN


@pytest.mark.jail
def test_what_became_of_a_run_can_be_read(api, task, broker):
    shown, own = run(api).json(), run(api, inputs=OWN).json()
    for each in (shown, own):
        jobs.run_samples(each["id"])
    response = api.get(shown["url"])
    assert (response.json()["status"], response.json()["result"]["code"]) == ("graded", "wrong_answer")
    assert [sample["passed"] for sample in response.json()["result"]["samples"]] == [False, False, True]
    assert "Retry-After" not in response.headers
    result = api.get(own["url"]).json()["result"]
    assert (result["code"], result["outputs"][""]["cells"]) == ("returned", [["0"]])


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"task": "nope"}, {"#/task": "There is no task “nope”. /api/v1/tasks/ lists them."}),
        ({"source": " "}, {"#/source": "The source is empty. Write the function that the task asks for."}),
        (
            {"inputs": OWN | {"y_true": "[1,"}},
            {"#/inputs/y_true": "y_true: Line 1, column 4: A value is missing before the end."},
        ),
        ({"inputs": OWN | {"z": "1"}}, {"#/inputs/z": "z: This task has no such input."}),
        ({"inputs": {}}, {"#/inputs/y_true": "y_true: Write a value.", "#/inputs/y_pred": "y_pred: Write a value."}),
        ({"inputs": [1]}, {"#/inputs": 'Expected a dictionary of items but got type "list".'}),
        ({"inputs": OWN | {"y_true": [1]}}, {"#/inputs/y_true": "Not a valid string."}),
        ({"inputs": OWN | {"y_true": "1\0"}}, {"#/inputs/y_true": "Null characters are not allowed."}),
        (
            {"source": "", "inputs": OWN | {"z": "1"}},
            {"#/source": "The source is empty. Write the function that the task asks for."},
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_run_is_named(api, task, fields, errors):
    problem = assert_problem(run(api, **fields), 400)
    assert {each["pointer"]: each["detail"] for each in problem["errors"]} == errors


def test_the_runs_of_others_do_not_exist(api, task, other_learner):
    url = run(api).json()["url"]
    assert_problem(client_of(other_learner).get(url), 404, detail="There is no such run.")


def test_a_run_that_has_expired_says_so(api):
    problem = assert_problem(api.get(f"{RUNS}{uuid.uuid4()}/"), 404)
    assert problem["detail"].startswith("This run has expired: runs are kept for ten minutes.")


def test_while_the_broker_is_away_runs_are_not_possible(api, task, settings):
    settings.REDIS_URL = NO_BROKER
    assert_problem(
        run(api),
        503,
        detail="Runs are not possible at the moment: the queue does not answer. Submitting works.",
    )
    assert_problem(api.get(f"{RUNS}{uuid.uuid4()}/"), 503)


def test_runs_are_kept_ten_minutes(api, task, broker):
    assert broker.ttl(f"grader:run:{run(api).json()['id']}") == runs.KEPT_S
