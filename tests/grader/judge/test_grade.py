"""Whole submissions through the real jail: verdict, points, feedback."""

import json

import pytest

from grader.judge import JudgeError
from tests.task_folders import CASES

pytestmark = pytest.mark.jail

RIGHT = "def mean_squared_error(y_true, y_pred):\n    return ((y_true - y_pred) ** 2).mean()\n"
DRIVER = """\
def call(learner, y_true, y_pred):
    return {"loss": learner.mean_squared_error(y_true, y_pred), "back": learner.mean_squared_error(y_pred, y_true)}
"""
SECOND_CHECK = '\n\n[[checks]]\nname = "others"\nkind = "allclose"\npoints = 2\ncases = '
PROPERTY = {'kind = "allclose"': 'kind = "property"\npredicate = "p"'}
TWO_OUTPUTS = {
    'backends = ["numpy", "torch"]': 'backends = ["numpy", "torch"]\noutputs = ["loss", "back"]',
    "points = 3": 'points = 3\noutput = "back"',
}


def function(body):
    return f"import numpy as np\n\n\ndef mean_squared_error(y_true, y_pred):\n    {body}\n"


def test_a_right_answer_is_accepted_with_all_points(make_task, judged):
    verdict = judged(make_task(), RIGHT)
    assert (verdict.code, verdict.score, verdict.max_score) == ("accepted", 4, 4)
    assert [(check.passed, check.points, check.feedback) for check in verdict.checks] == [(True, 3, ""), (True, 1, "")]
    assert (verdict.failing_case, verdict.error, verdict.misconceptions, verdict.samples) == (None, None, [], [])
    assert verdict.detail == "Every check passed."


def test_a_tensor_answer_is_judged_by_the_tensor_twin(make_task, judged):
    source = (
        "import torch\n\n\ndef mean_squared_error(y_true, y_pred):\n    return torch.mean((y_true - y_pred) ** 2)\n"
    )
    verdict = judged(make_task(toml={"points = 3": "points = 3\nrtol = 1e-14\natol = 0"}), source, "torch")
    assert (verdict.code, verdict.score) == ("accepted", 4)
    assert verdict.provenance["torch"]


def test_a_verdict_says_what_it_was_made_with(make_task, judged):
    task = make_task()
    verdict = judged(task, RIGHT, seed=11)
    made_with = verdict.provenance
    assert (made_with["seed"], made_with["task_version"], made_with["device"]) == (11, task.version, "cpu")
    assert made_with["torch"] is None
    assert all(made_with[key] for key in ("grader", "python", "numpy"))
    seconds = list(verdict.phases.values())
    jail = ["jail_ready", "jail_sent", "jail_answered", "jail_finished"]
    assert list(verdict.phases) == [
        "cases_drawn",
        *jail,
        "answered",
        "reference_computed",
        "compared",
        "replayed",
        "described",
        "explained",
    ]
    assert seconds == sorted(seconds)
    assert set(verdict.resources) == {"cpu_s", "wall_s", "peak_memory_mib"}


def test_a_wrong_answer_shows_its_smallest_shown_case(make_task, judged):
    verdict = judged(make_task(), function("print('hello')\n    return np.abs(y_true - y_pred).mean() + 1"))
    assert (verdict.code, verdict.score) == ("wrong_answer", 0)
    failing = verdict.failing_case
    assert (failing.check, failing.case, failing.group, failing.category) == (
        "values",
        "three numbers",
        "sample",
        "values",
    )
    assert failing.inputs["y_true"].cells == [["1", "2", "3"]]
    assert (failing.got.cells, failing.expected.cells, failing.got.wrong) == ([["1.8333"]], [["1.4167"]], [(0, 0)])
    assert (failing.different, failing.size, failing.worst_index) == (1, 1, [])
    assert failing.max_abs_error == pytest.approx(5 / 12)
    assert failing.max_rel_error == pytest.approx(5 / 17)
    assert failing.prints == "hello\n"
    assert verdict.checks[0].feedback.startswith(
        "Case “three numbers”: The value differs; the absolute error is 0.417."
    )
    assert verdict.checks[0].feedback.endswith("(4 of 4 cases failed.)")


def test_partial_credit_goes_by_checks(make_task, judged):
    toml = {"points = 3": f'points = 3\ncases = ["sample", "edge"]{SECOND_CHECK}["table"]'}
    verdict = judged(make_task(toml=toml), function("return ((y_true - y_pred) ** 2).sum() / len(y_true)"))
    assert (verdict.code, verdict.score, verdict.max_score) == ("partially_accepted", 4, 6)
    assert [check.passed for check in verdict.checks] == [True, False, True]
    assert verdict.detail == "2 of 3 checks passed."


def test_points_add_up_as_people_add_them(make_task, judged):
    toml = {
        "points = 3": f'points = 0.1\ncases = ["sample"]{SECOND_CHECK}["edge", "secret"]',
        "points = 1": "points = 0.2",
    }
    verdict = judged(
        make_task(toml=toml), function("return ((y_true - y_pred) ** 2).mean() * (1 + (y_true.ndim == 2))")
    )
    assert (verdict.score, verdict.max_score) == (0.3, 2.3)


def test_doing_nothing_earns_no_points_for_leaving_the_inputs_alone(make_task, judged):
    verdict = judged(make_task(), function("return 0"))
    assert (verdict.code, verdict.score) == ("wrong_answer", 0)
    guard = verdict.checks[1]
    assert (guard.passed, guard.points, guard.max_points) == (True, 0, 1)
    assert guard.feedback == "Counts as soon as another check passes."


def test_an_input_that_was_changed_is_named(make_task, judged):
    verdict = judged(make_task(), function("y_pred -= y_true\n    return (y_pred ** 2).mean()"))
    assert (verdict.code, verdict.score) == ("partially_accepted", 3)
    guard = verdict.checks[1]
    assert (guard.category, verdict.failing_case.category) == ("inputs_changed", "inputs_changed")
    assert guard.feedback.startswith(
        "Case “three numbers”: The input y_pred is not the same after the call: 3 of 3 values differ."
    )


def test_an_exception_is_shown_with_the_learners_own_lines(make_task, judged):
    verdict = judged(make_task(), function("return y_true @ np.ones(7)"))
    assert (verdict.code, verdict.score) == ("run_time_error", 0)
    assert verdict.error["type"] == "ValueError"
    assert "mismatch" in verdict.error["message"]
    assert verdict.error["trace"] == [
        {"line": 5, "function": "mean_squared_error", "text": "return y_true @ np.ones(7)"}
    ]
    assert verdict.failing_case.message.startswith("Your code raised ValueError in line 5: ")
    assert verdict.failing_case.expected.cells == [["1.4167"]]
    assert verdict.failing_case.got is None


def test_an_exception_beside_points_is_partial(make_task, judged):
    toml = {"points = 3": f'points = 3\ncases = ["sample"]{SECOND_CHECK}["edge", "secret"]'}
    body = "assert y_true.size in (3, 6), 'size'\n    return ((y_true - y_pred) ** 2).mean()"
    verdict = judged(make_task(toml=toml), function(body))
    assert (verdict.code, verdict.score) == ("partially_accepted", 3)
    assert [check.category for check in verdict.checks] == ["", "error", "error"]


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("def mean_squared_error(:\n", "syntax_error"),
        ("raise RuntimeError('at import')\n", "run_time_error"),
        (function("raise SystemExit"), "run_time_error"),
        ("import socket\nsocket.socket()\n" + RIGHT, "forbidden_operation"),
        (function("\n    while True: pass"), "time_limit_exceeded"),
        (function("return np.ones(2**31).sum()"), "memory_limit_exceeded"),
        (function("\n    while True: print('x' * 1000)"), "output_limit_exceeded"),
    ],
)
def test_how_a_program_ends_is_its_verdict(make_task, judged, source, code):
    toml = {"points = 1": "points = 1\n\n[limits]\ncpu_s = 0.5"}
    verdict = judged(make_task(toml=toml), source)
    assert (verdict.code, verdict.score) == (code, 0)
    assert verdict.detail
    json.dumps(verdict.as_dict(), allow_nan=False)


def test_checks_whose_cases_were_all_answered_keep_their_points(make_task, judged):
    toml = {"points = 3": 'points = 3\ncases = ["sample"]', "points = 1": "points = 1\n\n[limits]\ncpu_s = 0.5"}
    body = "\n    while y_true.size == 1: pass\n    return ((y_true - y_pred) ** 2).mean()"
    verdict = judged(make_task(toml=toml), function(body))
    assert (verdict.code, verdict.score) == ("time_limit_exceeded", 3)
    assert [(check.passed, check.category) for check in verdict.checks] == [(True, ""), (False, "not_run")]
    assert (verdict.failing_case.case, verdict.failing_case.group) == ("one number", "edge")
    assert verdict.detail.endswith("It ended in edge case “one number”.")


def test_a_syntax_error_names_the_line_and_no_case(make_task, judged):
    verdict = judged(make_task(), "def mean_squared_error(y_true, y_pred)\n    return 0\n")
    assert (verdict.error["type"], verdict.error["trace"][0]["line"]) == ("SyntaxError", 1)
    assert verdict.failing_case is None
    assert {check.category for check in verdict.checks} == {"not_run"}


def test_run_shows_every_sample_case_and_nothing_else(make_task, judged):
    verdict = judged(make_task(), function("print(y_true.size)\n    return 17 / 12"), shown_only=True)
    assert [(case.name, case.passed, case.prints) for case in verdict.samples] == [
        ("three numbers", True, "3\n"),
        ("six numbers", False, "6\n"),
    ]
    first, second = verdict.samples
    assert (first.got.cells, first.expected.cells, first.message) == ([["1.4167"]], [["1.4167"]], "")
    assert second.message.startswith("The value differs")
    assert second.inputs["y_pred"].cells == [["5", "4", "3", "2", "1", "0"]]
    assert (verdict.code, verdict.failing_case.case) == ("wrong_answer", "six numbers")


def test_a_driver_calls_the_learner_and_names_the_outputs(make_task, judged):
    task = make_task({"driver.py": DRIVER}, TWO_OUTPUTS)
    assert judged(task, RIGHT).code == "accepted"
    half = "def mean_squared_error(y_true, y_pred):\n    return 0.5 * ((y_true - y_pred) ** 2).mean()\n"
    verdict = judged(task, half)
    assert verdict.failing_case.message.startswith("back: The value differs")
    assert verdict.failing_case.output == "back"


def test_run_shows_all_outputs_of_a_case_the_one_that_differs_first(make_task, judged):
    task = make_task({"driver.py": DRIVER}, TWO_OUTPUTS)
    half = "def mean_squared_error(y_true, y_pred):\n    return 0.5 * ((y_true - y_pred) ** 2).mean()\n"
    first, *_ = judged(task, half, shown_only=True).samples
    names = [first.output, *(other.name for other in first.others)]
    assert sorted(names) == sorted(task.outputs)
    assert first.output == "back"
    assert first.difference.cells == [["-0.708"]]
    first, *_ = judged(task, RIGHT, shown_only=True).samples
    assert [first.output, *(other.name for other in first.others)] == list(task.outputs)
    assert first.difference is None


def test_a_property_is_decided_by_the_tasks_own_predicate(make_task, judged):
    checker = "def near(inputs, got, want):\n    return '' if got >= 0 else 'A mean of squares is never negative.'\n"
    task = make_task({"checker.py": checker}, {'kind = "allclose"': 'kind = "property"\npredicate = "near"'})
    assert judged(task, function("return 17.0")).code == "accepted"
    verdict = judged(task, function("return -1.0"))
    assert (verdict.code, verdict.checks[0].category) == ("wrong_answer", "values")
    assert verdict.failing_case.message == "A mean of squares is never negative."
    assert (verdict.failing_case.got.cells, verdict.failing_case.expected.cells) == ([["-1"]], [["1.4167"]])
    assert judged(task, function("return np.nan")).checks[0].category == "nan_pattern"
    assert judged(task, function("return [1.0, 2.0]")).checks[0].category == "shape"


def test_exact_takes_no_rounding(make_task, judged):
    task = make_task(toml={'kind = "allclose"': 'kind = "exact"'})
    assert judged(task, RIGHT).code == "accepted"
    assert judged(task, function("return ((y_true - y_pred) ** 2).mean() * (1 + 1e-14)")).code == "wrong_answer"


def test_results_that_change_from_call_to_call_are_inconsistent(make_task, judged):
    task = make_task(toml={'kind = "unchanged_inputs"': 'kind = "determinism"'})
    assert judged(task, RIGHT).code == "accepted"
    body = "np.random.seed(None)\n    return ((y_true - y_pred) ** 2).mean() + 1e-12 * np.random.rand()"
    verdict = judged(task, function(body))
    assert verdict.code == "inconsistent"
    assert "A second call with the same inputs gave another result." in verdict.checks[1].feedback


def test_a_wrong_kind_of_number_that_comes_again_is_wrong_and_not_inconsistent(make_task, judged):
    task = make_task(toml={'kind = "unchanged_inputs"': 'kind = "determinism"'})
    verdict = judged(task, function("return np.float16(((y_true - y_pred) ** 2).mean())"))
    assert (verdict.code, verdict.checks[0].category, verdict.checks[1].passed) == ("wrong_answer", "dtype", True)


@pytest.mark.parametrize(
    ("files", "toml", "said"),
    [
        ({"cases.py": CASES.replace("rng.normal(size=(3, 4))", "1 / 0")}, {}, "cases.py: secret: ZeroDivisionError"),
        ({"cases.py": CASES.replace('yield "three numbers",', "yield")}, {}, "cases.py: sample: "),
        ({"cases.py": CASES.replace('"table"', '"one number"')}, {}, "several cases are named one number"),
        ({"cases.py": CASES.replace("y_pred", "y_guess")}, {}, "reference mlcore.losses:mean_squared_error (numpy), "),
        ({}, {"mlcore.losses:mean_squared_error": "mlcore.losses:nothing"}, "there is no mlcore.numpy.losses:nothing"),
        ({}, {"mlcore.losses:mean_squared_error": "mlcore.nothing:at_all"}, "there is no mlcore.numpy.nothing:at_all"),
        ({}, {"points = 3": 'points = 3\ncases = ["no case"]'}, "check 'values' names no case: ['no case']"),
        ({"checker.py": "def p(inputs, got, want):\n    return 1 / 0\n"}, PROPERTY, "p, case 'three numbers': Zero"),
        ({"checker.py": "def p(inputs, got, want):\n    return True\n"}, PROPERTY, "p returned True"),
        ({"driver.py": "def call(learner, **inputs):\n    return (1, 2, 3)\n"}, TWO_OUTPUTS, "does not fit what"),
    ],
)
def test_what_fails_on_our_side_is_never_the_learners_fault(make_task, judged, files, toml, said):
    with pytest.raises(JudgeError) as caught:
        judged(make_task(files, toml), function("return 3.0"))
    assert said in str(caught.value)


def test_a_backend_that_the_task_does_not_take_is_refused(make_task, judged):
    with pytest.raises(JudgeError, match="takes numpy, not torch"):
        judged(make_task(toml={'["numpy", "torch"]': '["numpy"]'}), RIGHT, "torch")
