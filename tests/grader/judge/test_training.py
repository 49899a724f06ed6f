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
