"""What a task's page holds: the right text in the editor, fields for one's own input, hints and the solution."""

import shutil
from datetime import timedelta

import pytest
from django.utils import timezone

from courses.models import Task
from grader import runs, services
from grader.judge.own_input import OwnRun
from grader.judge.verdict import ArrayView, Verdict, VerdictCode
from lms.drafts.models import Draft, EarlierDraft
from lms.drafts.services import draft_save
from tests.grader.conftest import SOURCE
from tests.web.html import _Collector, attribute, elements, text

MSE = "/tasks/mean-squared-error/"
SOLUTION = f"{MSE}solution/"
ACCEPTED = Verdict(VerdictCode.ACCEPTED, 10.0, 10.0, [])
OWN = {"source": SOURCE, "backend": "torch", "on": "own", "input.y_true": "[1, oops]", "input.y_pred": "[1, 2]"}


@pytest.fixture
def save(learner, task):
    """Return a function that saves a draft of mean-squared-error."""
    return lambda source, backend="numpy": draft_save(user=learner, task=task, backend=backend, source=source, base=0)


def in_editor(response):
    area = response.content.decode().partition('<textarea id="source"')[2].partition("</textarea>")[0]
    return area[area.index(">\n") + 2 :]


def chosen(response, name):
    return [choice["value"] for choice in elements(response, "input", name=name) if "checked" in choice]


# --- the text in the editor ------------------------------------------------------------------------------------------


def test_at_first_the_editor_holds_the_starter(signed_in):
    assert in_editor(signed_in.get(MSE)).startswith("import numpy as np\n\n\ndef mean_squared_error(")


def test_the_editor_holds_what_was_submitted_last(signed_in, make_submission):
    make_submission(source="def old(): ...\n")
    make_submission(source="def newest(): ...\n")
    assert in_editor(signed_in.get(MSE)) == "def newest(): ...\n"


def test_a_draft_from_after_the_submission_is_in_the_editor(signed_in, make_submission, save):
    make_submission(source="submitted")
    save("typed since")
    assert in_editor(signed_in.get(MSE)) == "typed since"


def test_a_submission_from_after_the_draft_is_in_the_editor(signed_in, make_submission, save):
    save("typed before")
    make_submission(source="submitted elsewhere")
    assert in_editor(signed_in.get(MSE)) == "submitted elsewhere"


def test_an_emptied_draft_stays_empty(signed_in, save):
    save("x")
    Draft.objects.update(source="")
    assert in_editor(signed_in.get(MSE)) == ""


def test_the_backend_is_the_one_typed_in_last(signed_in, save, make_submission):
    make_submission(backend="numpy", created=timezone.now() - timedelta(minutes=1))
    save("import torch", backend="torch")
    assert chosen(signed_in.get(MSE), "backend") == ["torch"]


def test_nobody_sees_the_draft_of_somebody_else(client, save, other_learner):
    save("mine")
    client.force_login(other_learner)
    assert "mine" not in in_editor(client.get(MSE))


# --- one's own input -------------------------------------------------------------------------------------------------


def test_there_is_a_labelled_field_for_each_input(signed_in):
    response = signed_in.get("/tasks/conv2d-forward/")
    areas = elements(response, "textarea", form="workbench")
    assert [area["name"] for area in areas] == ["input.x", "input.w", "input.b", "input.stride", "input.padding"]
    labels = {label["for"] for label in elements(response, "label") if "for" in label}
    assert {area["id"] for area in areas} <= labels
    assert {area["aria-describedby"] for area in areas} <= set(attribute(response, "id"))
    assert chosen(response, "on") == ["shown"]
    assert "two by three kernel" in text(response)


def test_a_name_is_chosen_from_those_that_there_are(signed_in):
    response = signed_in.get("/tasks/numerical-gradient/")
    assert elements(response, "select", name="input.function")
    assert [word for word in ("squares", "neighbours", "cubes") if word in text(response)] == [
        "squares",
        "neighbours",
        "cubes",
    ]


def test_a_form_that_was_refused_is_there_again_with_what_is_wrong(signed_in):
    response = signed_in.post(f"{MSE}run/", OWN, HTTP_ACCEPT="text/html", follow=True)
    assert in_editor(response) == SOURCE
    assert (chosen(response, "backend"), chosen(response, "on")) == (["torch"], ["own"])
    [field] = elements(response, "textarea", aria_invalid="true")
    assert field["name"] == "input.y_true"
    assert text(response).count("“oops” has no value here.") == 2  # beside the field, and as the page's message
    assert ">\n[1, oops]</textarea>" in response.content.decode()
    assert in_editor(signed_in.get(MSE)) != SOURCE


def test_visitors_see_no_fields(visitor):
    response = visitor.get(MSE)
    assert elements(response, "textarea", form="workbench") == []
    assert "Sign in before you write" in text(response)


def test_cases_that_fail_take_nothing_else_from_the_page(signed_in, task, tmp_path, settings):
    folder = tmp_path / task.path
    folder.parent.mkdir(parents=True)
    shutil.copytree(task.folder, folder)
    (folder / "cases.py").write_text("def sample(rng):\n    raise OSError\n\n\nedge = secret = sample\n")
    settings.CONTENT_DIR = tmp_path
    Task.objects.filter(pk=task.pk).update(version="broken")
    response = signed_in.get(MSE)
    assert "This task has no fields for your own input" in text(response)
    assert elements(response, "button", id="run")


RETURNED = OwnRun(
    "returned",
    {"y_true": ArrayView([2], "float64", [], [["1", "2"]])},
    {"": ArrayView([], "float64", [], [["0.5"]])},
    prints="on it",
    resources={"wall_s": 0.0123},
)
RAISED = OwnRun(
    "run_time_error",
    {},
    error={"type": "IndexError", "message": "7", "trace": [{"line": 2, "function": "f", "text": "x[7]"}]},
    resources={"wall_s": 0.5},
)


@pytest.fixture
def own_run(signed_in, learner, task):
    """Return a function that shows a run on the learner's own input."""

    def show(result, address="/runs/{}/"):
        inputs = {"y_true": "[1, 2]", "y_pred": "[1, 2]"}
        run = services.run_start(user=learner, task=task, source=SOURCE, backend="numpy", inputs=inputs)
        runs.advance(run, status="graded", result=result.as_dict())
        return signed_in.get(address.format(run.id))

    return show


def test_what_the_code_returned_is_shown_and_that_nothing_is_expected(own_run):
    response = own_run(RETURNED)
    for words in ("Run on your own input", "Your code returned", "0.012 s", "0.5", "on it", "no expected value"):
        assert words in text(response)
    assert elements(response, "article", data_status="graded")


def test_an_error_of_ones_own_input_leads_to_its_line(own_run):
    response = own_run(RAISED)
    assert elements(response, "a", data_line="2")
    assert "IndexError: 7" in text(response)
    assert "no expected value" not in text(response)


def test_our_fault_is_told_of_a_run_on_ones_own_input(own_run):
    fault = Verdict(VerdictCode.INTERNAL_ERROR, 0.0, 0.0, [], detail="The grader failed. It is our fault.")
    assert "It is our fault" in text(own_run(fault))


# --- hints and solution ----------------------------------------------------------------------------------------------


class _Depths(_Collector):
    """How many open hints each hint stands in."""

    def __init__(self):
        super().__init__()
        self.open, self.depths = [], []

    def handle_starttag(self, tag, attrs):
        if tag == "details":
            is_hint = dict(attrs).get("class") == "hint"
            if is_hint:
                self.depths.append(sum(self.open))
            self.open.append(is_hint)

    def handle_endtag(self, tag):
        if tag == "details":
            self.open.pop()


def test_each_hint_is_inside_the_one_before_and_all_are_closed(signed_in):
    hints = Task.objects.get(slug="mean-squared-error").load().hints
    response = signed_in.get(MSE)
    assert elements(response, "details", class_="hint") == [{"class": "hint"}] * len(hints)
    depths = _Depths()
    depths.feed(response.content.decode())
    assert (depths.depths, depths.open) == (list(range(len(hints))), [])
    assert f"Hint {len(hints)} of {len(hints)}" in text(response)


def test_the_solution_is_kept_for_those_who_have_passed(signed_in, make_graded):
    make_graded()
    response = signed_in.get(MSE)
    assert elements(response, "a", href=SOLUTION)
    assert "The solution, since you have passed" not in text(response)
    make_graded(ACCEPTED)
    assert "The solution, since you have passed" in text(signed_in.get(MSE))


@pytest.mark.parametrize("who", ["visitor", "signed_in"])
def test_who_has_not_passed_is_asked_first_and_nothing_is_recorded(who, request, django_assert_num_queries):
    client = request.getfixturevalue(who)
    response = client.get(SOLUTION)
    assert "Seeing the solution is fine and is recorded nowhere" in text(response)
    assert "np.mean(residual**2)" not in text(response)
    assert elements(response, "input", name="show", value="yes")
    with django_assert_num_queries(1 if who == "visitor" else 3) as asked:
        shown = client.get(SOLUTION, {"show": "yes"})
    assert "np.mean" in text(shown)
    assert [query["sql"] for query in asked if not query["sql"].startswith("SELECT")] == []


def test_who_has_passed_sees_the_solution_at_once(signed_in, make_graded):
    make_graded(ACCEPTED)
    response = signed_in.get(SOLUTION)
    assert "np.mean" in text(response)
    assert elements(response, "input", name="show") == []


def test_there_is_no_solution_of_no_task(visitor):
    assert visitor.get("/tasks/no-such-task/solution/").status_code == 404


def test_only_a_draft_that_is_saved_is_kept(signed_in):
    signed_in.get(MSE)
    assert (Draft.objects.count(), EarlierDraft.objects.count()) == (0, 0)
