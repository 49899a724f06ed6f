"""The child that answers belongs to the learner: whatever it sends, the judge has a verdict for it."""

import json

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from grader.judge.examination import examination
from grader.judge.feedback import Feedback
from grader.judge.kinds import KINDS, did_the_same
from grader.sandbox import CallResult, LearnerError, Outcome, Status, TraceLine
from grader.sandbox.guest.frames import DTYPES

ANY_ARRAY = arrays(
    st.sampled_from([np.dtype(code) for code in DTYPES]), array_shapes(min_dims=0, max_side=3, min_side=0)
)
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9) | ANY_ARRAY
TREES = st.recursive(
    LEAVES,
    lambda part: (
        st.lists(part, max_size=4) | st.tuples(part, part) | st.dictionaries(st.text(max_size=4), part, max_size=3)
    ),
    max_leaves=8,
)
ERRORS = st.builds(
    LearnerError,
    st.text(max_size=9),
    st.text(max_size=9),
    st.lists(st.builds(TraceLine, st.integers(), st.text(max_size=5), st.text(max_size=5)), max_size=2).map(tuple),
)
INPUTS = st.none() | st.dictionaries(st.sampled_from(["y_true", "y_pred", "z"]), TREES)
RESULTS = st.builds(
    CallResult, TREES, st.none() | ERRORS, INPUTS, st.text(max_size=9), st.sampled_from(["", "", "Tree"])
)
OUTCOMES = st.builds(
    Outcome,
    st.sampled_from([*Status, *[Status.COMPLETED] * 5]),
    st.lists(RESULTS, max_size=6).map(tuple),
    st.none() | ERRORS,
    phases=st.sampled_from([{}, {"sent": 0.1}]),
)
SECOND = '\n\n[[checks]]\nname = "twice"\nkind = "determinism"\npoints = 1'


@pytest.fixture
def exam(make_task):
    return examination(make_task(toml={"points = 3": f"points = 3{SECOND}"}), "numpy", 1, shown_only=False)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100, deadline=None)
@given(outcome=OUTCOMES)
def test_every_outcome_has_feedback(exam, outcome):
    expected = exam.expected(min(len(outcome.results), len(exam.cases)))
    feedback = Feedback(exam, "x = 1\n", outcome, expected, exam.findings(outcome, expected))
    assert len(feedback.check_results()) == 3
    for part in (feedback.failing_case(), feedback.samples(), feedback.error(), feedback.prints()):
        json.dumps(part, default=repr)
    assert isinstance(feedback.where_it_ended(), str)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100, deadline=None)
@given(one=RESULTS, other=RESULTS)
def test_any_two_results_can_be_compared(exam, one, other):
    for check in exam.checks:
        assert did_the_same(exam.task, check, one, other) in (True, False)
        assert check.kind in KINDS


def test_long_texts_in_long_lists_are_refused_before_numpy_makes_room_for_them(exam):
    # As an array this would take 4 bytes for each of 10**6 characters, 50,000 times: 200 GB.
    result = CallResult(value=["x" * 10**6, *["y"] * 50_000], inputs_after={})
    outcome = Outcome(Status.COMPLETED, (result,))
    findings = exam.findings(outcome, exam.expected(1))
    assert findings[0].difference.message == "A list that holds text was returned, expected one number."
