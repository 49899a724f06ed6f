"""CPU time beside the reference's, in coarse classes."""

import pytest

from grader.judge.cases import fixed_cases
from grader.judge.reference import reference_cpu_s

pytestmark = pytest.mark.jail

DRIVER = """\
import time


def busy(seconds):
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


def call(learner, y_true, y_pred):
    busy(getattr(learner, "SECONDS", 0.004) if len(y_true) > 3 else 0)
    return learner.mean_squared_error(y_true, y_pred)
"""
SPEED = 'kind = "speed"\ncases = ["six numbers", "table"]\nat_most = '


def source(seconds, value="((y_true - y_pred) ** 2).mean()"):
    return f"SECONDS = {seconds}\n\n\ndef mean_squared_error(y_true, y_pred):\n    return {value}\n"


@pytest.fixture
def task(make_task):
    def make(at_most=5):
        return make_task({"driver.py": DRIVER}, {'kind = "unchanged_inputs"': f"{SPEED}{at_most}"})

    return make


def test_what_is_quick_or_quick_enough_beside_the_reference_passes(task, judged):
    for seconds, at_most in ((0, 5), (0.03, 5), (0.1, 50)):
        verdict = judged(task(at_most), source(seconds))
        assert (verdict.code, verdict.checks[1].feedback) == ("accepted", "")


def test_what_is_slower_than_its_class_allows_is_told_the_class_it_is_beyond(task, judged):
    for seconds, at_most, beyond in ((0.07, 5, 5), (0.3, 5, 50), (0.3, 50, 50)):
        verdict = judged(task(at_most), source(seconds))
        check = verdict.checks[1]
        assert (verdict.code, check.passed, check.category) == ("partially_accepted", False, "too_slow")
        assert check.feedback == (
            f"Case “six numbers”: Your code took more than {beyond} times the CPU time of the reference. "
            "(1 of 2 cases failed.)"
        )


def test_being_quick_earns_no_points_alone(task, judged):
    verdict = judged(task(), source(0, "0.0"))
    assert (verdict.score, verdict.checks[1].passed) == (0, True)


def test_an_exception_is_not_quick(task, judged):
    assert judged(task(), source(0, "1 / 0")).checks[1].category == "error"


def test_the_shape_of_the_feedback_has_nothing_to_compare(task, judged):
    failing = judged(task(), source(0.1)).failing_case
    assert (failing.category, failing.got_shape, failing.max_abs_error) == ("too_slow", None, None)


def test_the_reference_is_timed_by_its_own_cpu_time(task):
    slow = next(case for case in fixed_cases(task()) if case.name == "six numbers")
    for backend in ("numpy", "torch"):
        assert reference_cpu_s(task(), backend, slow) >= 0.004
