"""A run on the learner's own input: from the form to what is shown, with nothing recorded."""

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError

from grader import jobs, runs, selectors, services, worker
from grader.models import Submission
from grader.pages import take_refused_form
from tests.grader.api.client import assert_problem
from tests.grader.conftest import SOURCE
from tests.grader.test_pages import BROWSER, FORM, JSON, RUN, page  # noqa: F401 -- a fixture

pytestmark = pytest.mark.django_db

OWN = FORM | {"on": "own", "input.y_true": "[1, 2]", "input.y_pred": "[1, 4]"}
DIFFERENCES = "def mean_squared_error(y_true, y_pred):\n    return y_pred - y_true\n"


def test_a_form_with_own_input_starts_a_run_of_it(page, task):  # noqa: F811 -- the fixture
    run = runs.get(page.post(RUN, OWN, **JSON).json()["id"])
    assert run.inputs == {"y_true": "[1, 2]", "y_pred": "[1, 4]"}


def test_own_input_that_was_not_asked_for_is_not_run(page, task):  # noqa: F811 -- the fixture
    run = runs.get(page.post(RUN, OWN | {"on": "shown"}, **JSON).json()["id"])
    assert run.inputs is None


def test_what_is_wrong_is_said_by_field(page, task):  # noqa: F811 -- the fixture
    wrong = OWN | {"input.y_true": "[1, oops]", "input.y_pred": ""}
    problem = assert_problem(page.post(RUN, wrong, **JSON), 400)
    assert {entry["pointer"]: entry["detail"] for entry in problem["errors"]} == {
        "#/input.y_true": "y_true: Line 1, column 5: “oops” has no value here. "
        "Write numbers, lists, True, False, None, inf or nan.",
        "#/input.y_pred": "y_pred: Write a value.",
    }


def test_a_plain_form_that_was_refused_comes_back_once_with_all_that_was_written(page, task):  # noqa: F811 -- the fixture
    response = page.post(RUN, OWN | {"input.y_true": "oops"}, **BROWSER)
    assert (response.status_code, response.url) == (302, "/tasks/mean-squared-error/")
    [sentence] = [str(message) for message in get_messages(response.wsgi_request)]
    assert sentence.startswith("y_true: Line 1, column 1: “oops” has no value here.")
    request = page.get("/tasks/mean-squared-error/submissions/").wsgi_request
    kept = take_refused_form(request, "mean-squared-error")
    assert kept["sent"] == OWN | {"input.y_true": "oops"}
    assert list(kept["errors"]) == ["input.y_true"]
    assert take_refused_form(request, "mean-squared-error") is None


def test_of_a_form_too_large_to_keep_the_rest_comes_back(page, task):  # noqa: F811 -- the fixture
    page.post(RUN, FORM | {"source": "x" * 300_000}, **BROWSER)
    kept = take_refused_form(page.get("/tasks/mean-squared-error/submissions/").wsgi_request, "mean-squared-error")
    assert kept["sent"] == {"backend": "numpy"}


def test_a_task_refuses_inputs_that_it_does_not_take(learner, task, broker):
    with pytest.raises(ValidationError) as error:
        services.run_start(user=learner, task=task, source=SOURCE, backend="numpy", inputs={"x": "1"})
    assert set(error.value.message_dict) == {"input.x", "input.y_true", "input.y_pred"}


@pytest.fixture
def process(monkeypatch):
    """A worker process of this test's own."""
    process = worker.GradingProcess()
    monkeypatch.setattr(worker, "_process", process)
    yield process
    for kind in worker.KINDS:
        process.discard(kind)


@pytest.mark.jail
def test_the_run_shows_what_was_returned_and_records_nothing(broker, learner, task, process):
    inputs = {"y_true": "[1, 2]", "y_pred": "[1, 4]"}
    run = services.run_start(user=learner, task=task, source=DIFFERENCES, backend="numpy", inputs=inputs)
    jobs.run_samples(run.id)
    done = selectors.run_get(learner, run.id)
    assert selectors.run_state(done) == {"status": "graded", "verdict": "returned"}
    assert done.result["outputs"][""]["cells"] == [["0", "2"]]
    assert done.result["inputs"]["y_true"]["cells"] == [["1", "2"]]
    assert not Submission.objects.exists()
