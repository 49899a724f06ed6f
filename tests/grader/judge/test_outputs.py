from dataclasses import replace

import numpy as np
import pytest

from grader.judge import JudgeError
from grader.judge.comparison import Difference
from grader.judge.outputs import expected_array, expected_outputs, learner_outputs
from grader.sandbox import CallResult


@pytest.fixture
def task(make_task):
    return replace(make_task(), outputs=("dx", "dw"))


def said(task, value, **more):
    difference = learner_outputs(task, CallResult(value=value, **more))
    assert isinstance(difference, Difference)
    return difference.category, difference.message


@pytest.mark.parametrize("value", [(1, 2), [1, 2], {"dx": 1, "dw": 2}, {"dw": 2, "dx": 1, "more": 3}])
def test_a_tuple_in_order_and_a_dict_by_name_are_the_same(task, value):
    assert learner_outputs(task, CallResult(value=value)) == {"dx": 1, "dw": 2}


def test_what_is_missing_is_named(task):
    assert said(task, None)[0] == "not_returned"
    assert said(task, (1, 2, 3)) == ("structure", "3 values were returned, expected (dx, dw).")
    assert said(task, np.ones((2, 2))) == ("structure", "An array was returned, expected (dx, dw).")
    assert said(task, 2.0) == ("structure", "A value of type float was returned, expected (dx, dw).")
    assert said(task, {"dx": 1, "dW": 2}) == ("structure", "The dict has no dw.")
    assert learner_outputs(task, CallResult(value={"dx": 1, "dW": 2})).told == "Its keys: dx, dW."
    assert said(task, None, unsupported="Tree")[0] == "structure"
    assert learner_outputs(task, CallResult(unsupported="Tree")).told == "Its type: Tree."


def test_a_single_named_output_needs_no_tuple(task):
    task = replace(task, outputs=("w",))
    for value in ([1.0, 2.0], ([1.0, 2.0],), {"w": [1.0, 2.0]}):
        assert learner_outputs(task, CallResult(value=value)) == {"w": [1.0, 2.0]}
        assert expected_outputs(task, value if isinstance(value, dict) else [1.0, 2.0]) == {"w": [1.0, 2.0]}


def test_a_reference_that_does_not_fit_the_task_is_our_fault(task):
    for value in (1.0, (1, 2, 3), {"dx": 1}):
        with pytest.raises(JudgeError, match="does not fit"):
            expected_outputs(task, value)
    for value in (None, 1j, "text", {"a": 1}):
        with pytest.raises(JudgeError, match="cannot be compared"):
            expected_array(task, {"dx": value}, "dx")
