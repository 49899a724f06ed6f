from types import SimpleNamespace

import numpy as np
import pytest

from courses.task_format import CheckSpec
from grader.judge.cases import Case
from grader.judge.kinds import KINDS, Answer, did_the_same
from grader.sandbox import CallResult, LearnerError

BEFORE = {
    "x": np.array([[1.0, np.nan], [2.0, 3.0]]),
    "n": 3,
    "rate": float("nan"),
    "mask": None,
    "state": {"m": np.zeros(2), "steps": [1, 2]},
}


def words(**after):
    result = CallResult(value=1.0, inputs_after={**BEFORE, **after})
    answer = Answer(Case("c", "sample", BEFORE), result, 1.0)
    task = SimpleNamespace(outputs=())
    difference = KINDS["unchanged_inputs"].judge(task, None, answer)
    return difference.message if difference else ""


def test_inputs_that_are_equal_are_unchanged():
    assert words(x=BEFORE["x"].copy(), state={"m": np.zeros(2), "steps": [1, 2]}) == ""


@pytest.mark.parametrize(
    ("after", "said"),
    [
        ({"x": BEFORE["x"] + 1}, "The input x is not the same after the call: 3 of 4 values differ."),
        ({"x": np.nan_to_num(BEFORE["x"])}, "1 of 4 values differ"),
        ({"x": BEFORE["x"].T[:1]}, "it is float64 of shape (1, 2) instead of float64 of shape (2, 2)"),
        ({"x": BEFORE["x"].astype(np.float32)}, "it is float32 of shape"),
        ({"x": [[1.0, 2.0], [3.0]]}, "it is a value of type list instead of an array"),
        ({"n": 4}, "The input n is not the same after the call: its value differs."),
        ({"mask": 0}, "it is a value of type int instead of a value of type NoneType"),
        ({"state": {"m": np.zeros(2), "steps": [1, 3]}}, "its value differs"),
        ({"state": {"m": np.zeros(2), "steps": [1]}}, "its entries are others"),
        ({"state": {"m": np.zeros(2), "steps": [1, 2], "t": 1}}, "its entries are others"),
        ({"state": {}}, "its entries are others"),
    ],
)
def test_whatever_was_changed_is_found(after, said):
    assert said in words(**after)


def test_inputs_that_did_not_come_back_are_not_unchanged():
    answer = Answer(Case("c", "sample", BEFORE), CallResult(value=1.0), 1.0)
    difference = KINDS["unchanged_inputs"].judge(SimpleNamespace(outputs=()), None, answer)
    assert (difference.category, difference.message) == (
        "inputs_changed",
        "The inputs could not be read back after the call.",
    )


def same(one, other):
    task = SimpleNamespace(outputs=(), allow_float32=False, exact_shapes=False)
    results = [each if isinstance(each, CallResult) else CallResult(value=each) for each in (one, other)]
    return did_the_same(task, CheckSpec("c", "allclose", 1), *results)


def test_two_submissions_did_the_same_where_nothing_tells_their_results_apart():
    assert same([1.0, 2.0], np.array([1.0, 2.0 + 1e-9]))
    assert same(np.float32([0.1]), [0.1])
    assert same(None, None)
    assert same(CallResult(error=LearnerError("ValueError", "a")), CallResult(error=LearnerError("ValueError", "b")))
    assert same(np.array([np.nan, 1.0]), np.array([np.nan, 1.0]))


def test_two_submissions_did_not_where_something_does():
    assert not same([1.0, 2.0], [1.0, 2.1])
    assert not same(np.ones((2, 3)), np.ones((3, 2)))
    assert not same(np.array([1.0, 2.0]), None)
    assert not same(None, np.array([1.0, 2.0]))
    assert not same("text", None)
    assert not same(CallResult(error=LearnerError("ValueError", "a")), CallResult(error=LearnerError("TypeError", "a")))
    assert not same(CallResult(error=LearnerError("ValueError", "a")), None)
    assert not same(CallResult(unsupported="Tree"), 1.0)
