"""Several runs, one per seed, of which enough must reach the goal."""

import pytest

from grader.judge import JudgeError

pytestmark = pytest.mark.jail

CASES = """\
def sample(rng):
    yield "seed 1", {"seed": 1}
    yield "seed 2", {"seed": 2}


def edge(rng):
    yield "seed 3", {"seed": 3}


def secret(rng):
    yield "fresh seed", {"seed": 4}
    yield "another", {"seed": 5}
"""
DRIVER = "def call(learner, seed):\n    return learner.mean_squared_error([seed], [0.0])\n"
CHECKER = """\
def reached(inputs, got, want):
    return "" if got < 0.5 else "The loss is still large at the end."
"""
TOML = {
    'kind = "allclose"': 'kind = "training"\npredicate = "reached"\nleast = 4',
    '[[checks]]\nname = "leaves its inputs alone"\nkind = "unchanged_inputs"\npoints = 1\n': "",
}


@pytest.fixture
def task(make_task):
    return make_task({"cases.py": CASES, "driver.py": DRIVER, "checker.py": CHECKER}, TOML)


def misses(*seeds, how="return 1.0"):
    """Return a learner who misses the goal for these seeds."""
    return f"def mean_squared_error(seed, zero):\n    if seed[0] in {seeds}:\n        {how}\n    return 0.0\n"


def test_enough_runs_that_reach_the_goal_pass(task, judged):
    for source in (misses(), misses(1), misses(5)):
        verdict = judged(task, source)
        assert (verdict.code, verdict.score, verdict.failing_case) == ("accepted", 3, None)


def test_too_few_do_not_and_the_smallest_shown_one_is_shown(task, judged):
    verdict = judged(task, misses(2, 3))
    assert (verdict.code, verdict.score) == ("wrong_answer", 0)
    assert verdict.checks[0].feedback == (
        "Case “seed 2”: The loss is still large at the end. (3 of 5 runs reached the goal; 4 are needed.)"
    )
    assert (verdict.failing_case.case, verdict.failing_case.got.cells) == ("seed 2", [["1"]])


def test_a_run_that_raised_did_not_reach_the_goal(task, judged):
    assert judged(task, misses(3, how="raise ValueError")).code == "accepted"
    verdict = judged(task, misses(2, 3, how="raise ValueError"))
    assert (verdict.code, verdict.checks[0].category) == ("run_time_error", "error")
    assert "(3 of 5 runs reached the goal; 4 are needed.)" in verdict.checks[0].feedback


def test_more_runs_asked_for_than_there_are_is_the_authors_mistake(make_task, judged):
    toml = {**TOML, 'kind = "allclose"': TOML['kind = "allclose"'].replace("4", "6")}
    task = make_task({"cases.py": CASES, "driver.py": DRIVER, "checker.py": CHECKER}, toml)
    with pytest.raises(JudgeError, match="check 'values' has least = 6, but 5 cases"):
        judged(task, misses())


def test_of_the_runs_that_passed_it_is_said_how_many_reached_the_goal(task, judged):
    assert judged(task, misses()).checks[0].feedback == ""
    assert judged(task, misses(3)).checks[0].feedback == "4 of 5 runs reached the goal."


def test_run_lets_as_many_shown_runs_miss_the_goal_as_may_of_all(task, judged):
    verdict = judged(task, misses(1), shown_only=True)
    assert (verdict.code, verdict.failing_case) == ("accepted", None)
    assert [(case.passed, case.message) for case in verdict.samples] == [
        (False, "The loss is still large at the end."),
        (True, ""),
    ]
    assert judged(task, misses(1, 2), shown_only=True).code == "wrong_answer"


def test_runs_that_were_not_answered_in_time_did_not_reach_the_goal(make_task, judged):
    limits = "\n\n[limits]\ncpu_s = 0.3"
    toml = {**TOML, "points = 3": f"points = 3{limits}"}
    task = make_task({"cases.py": CASES, "driver.py": DRIVER, "checker.py": CHECKER}, toml)
    endless = "\n        while True: pass"
    verdict = judged(task, misses(5, how=endless))
    assert (verdict.code, verdict.score, verdict.failing_case) == ("time_limit_exceeded", 3, None)
    verdict = judged(task, misses(4, how=endless))
    assert (verdict.code, verdict.score) == ("time_limit_exceeded", 0)
    assert "(3 of 5 runs reached the goal; 4 are needed.)" in verdict.checks[0].feedback


DRIFTS = """\
calls = []


def mean_squared_error(seed, zero):
    calls.append(seed)
    return 0.1 + {} * len(calls)
"""


def test_last_bits_that_grow_in_a_long_run_are_no_hidden_state(task, judged):
    for seed in range(3):
        assert judged(task, DRIFTS.format("1e-6"), seed=seed).code == "accepted"
        assert judged(task, DRIFTS.format("1e-2"), seed=seed).code == "inconsistent"


def test_a_mistake_in_training_is_named(make_task, judged):
    wrong = '"""You never moved. What does a step change?"""\n\n\n' + misses(1, 3, 5, how="return 0.7")
    files = {"cases.py": CASES, "driver.py": DRIVER, "checker.py": CHECKER}
    task = make_task({**files, "submissions/wrong_answer/sum-for-mean.py": wrong}, TOML)
    verdict = judged(task, misses(1, 3, 5, how="return 0.7"))
    assert [each.did for each in verdict.misconceptions] == ["You never moved."]
    for other in (misses(1, 3, 5), misses(1, how="return 0.7"), misses(1, 2, 3, how="return 0.7")):
        assert judged(task, other).misconceptions == []
