import itertools

import pytest

from grader.judge.precedence import Findings, verdict_code
from grader.judge.verdict import CheckResult, VerdictCode
from grader.sandbox import Status


def check(*, points=0.0, category="values", passed=False):
    return CheckResult("check", "allclose", passed, points, 1.0, "" if passed else category)


PASSED = check(points=1.0, passed=True)
WRONG = check()
RAISED = check(category="error")
IDLE = check(passed=True)  # a guard that earns nothing, since all else failed


@pytest.mark.parametrize(
    ("checks", "code"),
    [
        ([PASSED, PASSED], "accepted"),
        ([PASSED, WRONG], "partially_accepted"),
        ([PASSED, RAISED], "partially_accepted"),
        ([RAISED, RAISED], "run_time_error"),
        ([RAISED, IDLE], "run_time_error"),
        ([RAISED, WRONG], "wrong_answer"),
        ([WRONG, WRONG], "wrong_answer"),
        ([WRONG, IDLE], "wrong_answer"),
    ],
)
def test_the_checks_decide_where_the_run_was_completed(checks, code):
    assert verdict_code(Findings(Status.COMPLETED, checks))[0] == code


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.COMPLETED])
def test_a_run_cut_short_is_named_after_its_end_whatever_was_answered_before(status):
    for checks in itertools.product([PASSED, WRONG, RAISED], repeat=2):
        assert verdict_code(Findings(status, list(checks), is_inconsistent=True))[0] == VerdictCode(status.value)


def test_inconsistency_goes_before_points_but_not_before_acceptance():
    assert verdict_code(Findings(Status.COMPLETED, [PASSED, WRONG], is_inconsistent=True))[0] == "inconsistent"
    assert verdict_code(Findings(Status.COMPLETED, [PASSED], is_inconsistent=True))[0] == "accepted"


def test_the_sentence_counts_the_checks():
    assert verdict_code(Findings(Status.COMPLETED, [PASSED, WRONG, WRONG]))[1] == "1 of 3 checks passed."
