"""Whole submissions that return a loss and its gradient, through the real jail."""

import pytest

from tests.task_folders import CASES

pytestmark = pytest.mark.jail

DRIVER = """\
def call(learner, y_true, y_pred):
    if hasattr(learner, "pair"):
        return learner.pair(y_true, y_pred)
    return learner.mean_squared_error(y_true, y_pred), 2 * (y_pred - y_true) / len(y_pred.reshape(-1))
"""
GRADIENT = """\
[[checks]]
name = "gradient"
kind = "gradient"
output = "dpred"
wrt = "y_pred"
loss = "loss"
points = 2

[[checks]]
name = "leaves"""
TOML = {
    "format = 1": 'format = 1\noutputs = ["loss", "dpred"]',
    "points = 3": 'points = 3\noutput = "loss"',
    '[[checks]]\nname = "leaves': GRADIENT,
}


def pair(loss, gradient):
    return (
        "import numpy as np\n\n\ndef mean_squared_error(): ...\n\n\ndef pair(y_true, y_pred):\n"
        f"    e, n = y_pred - y_true, y_true.size\n    return {loss}, {gradient}\n"
    )


@pytest.fixture
def task(make_task):
    return make_task({"driver.py": DRIVER}, TOML)


def words(verdict):
    return next(check.feedback for check in verdict.checks if check.kind == "gradient")


@pytest.mark.parametrize("gradient", ["2 * e / n", "2 / n * e", "(2 * e / n).tolist()", "np.float32(2 * e / n)"])
def test_a_right_gradient_passes_without_a_word(task, judged, gradient):
    verdict = judged(task, pair("(e**2).mean()", gradient))
    assert (verdict.code, words(verdict)) == ("accepted", "")


def test_a_tensor_gradient_passes(task, judged):
    source = (
        "import torch\n\n\ndef pair(y_true, y_pred):\n    p = y_pred.clone().requires_grad_()\n"
        "    loss = ((p - y_true) ** 2).mean()\n    loss.backward()\n    return loss, p.grad\n"
    )
    assert judged(task, source, "torch").code == "accepted"


@pytest.mark.parametrize(
    ("loss", "gradient", "score", "said"),
    [
        ("(e**2).mean()", "e / n", 3, "Every entry is half of what it should be. The loss is right, but"),
        ("(e**2).mean()", "2 * e", 3, "Every entry is 3 times what it should be; 3 is the size of the batch. The loss"),
        ("(e**2).mean()", "-2 * e / n", 3, "Every entry has the opposite sign. The loss is right, but"),
        ("(e**2).sum()", "2 * e", 0, "This is the gradient of the loss that your code returns, but that loss is"),
        ("(e**2).sum()", "e / 7", 0, "The loss is wrong too, and this is not the gradient of it either."),
    ],
)  # fmt: skip
def test_a_wrong_gradient_is_told_apart_from_a_wrong_loss(task, judged, loss, gradient, score, said):
    verdict = judged(task, pair(loss, gradient))
    assert verdict.score == score + bool(score)
    assert said in words(verdict)
    assert verdict.failing_case.group == "sample"


def test_a_right_gradient_beside_another_loss_costs_the_loss_alone(task, judged):
    verdict = judged(task, pair("(e**2).sum()", "2 * e / n"))
    assert [(check.passed, check.points) for check in verdict.checks] == [(False, 0), (True, 2), (True, 1)]
    assert words(verdict) == (
        "Case “three numbers”: The gradient is right, but not that of the loss that your code returns."
    )


def test_a_loss_off_by_a_constant_has_the_same_gradient(task, judged):
    assert words(judged(task, pair("(e**2).mean() + 5", "2 * e / n"))) == ""


@pytest.mark.parametrize(
    "loss", ["None", "'text'", "np.nan", "np.append(e, 0)", "(e**2).mean() if y_pred[0] in (1.5, 5.0) else 1 / 0"]
)
def test_a_loss_that_cannot_be_asked_leaves_the_reference_alone(task, judged, loss):
    right, wrong = (words(judged(task, pair(loss, gradient))) for gradient in ("2 * e / n", "e / 7"))
    assert "loss" not in right
    assert "values differ" in wrong


def test_run_says_the_same(task, judged):
    verdict = judged(task, pair("(e**2).mean()", "e / n"), shown_only=True)
    assert "this is not its gradient" in words(verdict)
    assert "this is not its gradient" in verdict.samples[0].message


def test_a_kink_fails_no_right_gradient(make_task, judged):
    cases = CASES.replace("np.array([1.5, 2.0, 1.0])", "np.array([1.0, 2.0, 3.0])")
    kinked = make_task({"driver.py": DRIVER, "cases.py": cases}, TOML)
    verdict = judged(kinked, pair("(e**2).mean() + 100 * np.abs(e).max()", "2 * e / n"))
    assert verdict.checks[1].passed


def test_nothing_is_named_that_a_secret_case_holds(make_task, judged):
    task = make_task({"driver.py": DRIVER}, {**TOML, 'wrt = "y_pred"': 'wrt = "y_pred"\ncases = ["secret"]'})
    verdict = judged(task, pair("(e**2).mean()", "2 * e"))
    assert words(verdict).startswith("A secret case: dpred: 12 of 12 values differ; the largest absolute error is ")
    assert words(verdict).endswith(
        "Every entry is 12 times what it should be; 12 is the number of elements of y_pred. "
        "The loss is right, but this is not its gradient."
    )
