"""A solution that is no function of its inputs is found out, one that is is left alone."""

import pytest

from grader.judge.examination import examination
from grader.judge.replay import _drawn
from grader.sandbox import CallResult, Outcome, Status

pytestmark = pytest.mark.jail

RIGHT = "((y_true - y_pred) ** 2).mean()"
HEAD = "import numpy as np\nimport random, time, os\nstate = {'calls': 0, 'seen': []}\n"
FUNCTION = HEAD + "def mean_squared_error(y_true, y_pred):\n    right = " + RIGHT + "\n"
# Each is right in the first run: what it answers is right as long as the calls come in the order of the first run.
LEARN = (
    "    state['calls'] += 1\n"
    "    sizes = [3, 6, 1, 12]\n"
    "    return right if y_true.size == sizes[(state['calls'] - 1) % 4] else 0.0\n"
)
HIDDEN = {
    "memoised by index": LEARN,
    "counts its calls": (
        "    state['calls'] += 1\n    return right if state['calls'] <= 2 or y_true.size in (1, 12) else 0.0\n"
    ),
    "depends on the call before": (
        "    state['seen'].append(y_true.size)\n"
        "    return right if state['seen'] == [3, 6, 1, 12][: len(state['seen'])] else right + 1\n"
    ),
    "fails where the order is another": (
        "    state['seen'].append(y_true.size)\n"
        "    if state['seen'] != [3, 6, 1, 12][: len(state['seen'])]: os._exit(3)\n"
        "    return right\n"
    ),
    "raises where the order is another": (
        "    state['seen'].append(y_true.size)\n"
        "    if state['seen'] != [3, 6, 1, 12][: len(state['seen'])]: raise ValueError\n"
        "    return right\n"
    ),
}
RANDOM = {
    "asks the clock": "    return time.time_ns() % 1000\n",
    "draws from the global stream": "    return np.random.random()\n",
    "draws from Python's stream": "    return random.random()\n",
    "asks the system for randomness": "    return int.from_bytes(os.urandom(4), 'big')\n",
}


@pytest.mark.parametrize("body", HIDDEN.values(), ids=HIDDEN)
def test_what_was_right_by_the_order_of_the_calls_is_inconsistent(make_task, judged, body):
    verdict = judged(make_task(), FUNCTION + body)
    assert verdict.code == "inconsistent"
    assert "keeps something between calls" in verdict.detail
    assert verdict.score < verdict.max_score
    assert verdict.failing_case.category == "inconsistent"
    assert "another order" in verdict.failing_case.message
    assert verdict.misconceptions == []


@pytest.mark.parametrize("body", RANDOM.values(), ids=RANDOM)
def test_what_is_left_to_chance_or_the_clock_is_inconsistent(make_task, judged, body):
    assert judged(make_task(), FUNCTION + body).code == "inconsistent"


ACCEPTED = {
    "draws from a stream it seeds itself": (
        "    noise = np.random.default_rng(3).normal()\n    return right + noise - noise\n"
    ),
    "keeps what it has computed by its inputs": (
        "    key = (y_true.tobytes(), y_pred.tobytes())\n    state.setdefault(key, right)\n    return state[key]\n"
    ),
    "counts and does not use it": "    state['calls'] += 1\n    return right\n",
}


@pytest.mark.parametrize("body", ACCEPTED.values(), ids=ACCEPTED)
def test_a_function_of_its_inputs_is_accepted(make_task, judged, body):
    for seed in range(5):
        assert judged(make_task(), FUNCTION + body, seed=seed).code == "accepted"


def test_a_solution_that_draws_from_a_seed_among_its_inputs_is_accepted_and_one_of_its_own_is_not(make_task, judged):
    task = make_task(
        {"checker.py": "def any_number(inputs, got, want):\n    return ''\n"},
        {'kind = "allclose"': 'kind = "property"\npredicate = "any_number"'},
    )
    drawn = FUNCTION + "    return np.random.default_rng(SEED).normal()\n"
    for seed in range(5):
        assert judged(task, drawn.replace("SEED", "int(abs(y_true).sum() * 100)"), seed=seed).code == "accepted"
    assert judged(task, drawn.replace("SEED", "")).code == "inconsistent"


def test_a_run_that_only_shows_samples_is_not_replayed(make_task, judged):
    verdict = judged(make_task(), FUNCTION + HIDDEN["counts its calls"], shown_only=True)
    assert verdict.code != "inconsistent"


def test_a_wrong_answer_that_can_be_repeated_stays_a_wrong_answer(make_task, judged):
    assert judged(make_task(), FUNCTION + "    return right * 2\n").code == "wrong_answer"


def test_no_replayed_call_is_at_its_old_place(make_task):
    exam = examination(make_task(), "numpy", 0, shown_only=False)
    outcome = Outcome(Status.COMPLETED, (CallResult(),) * len(exam.cases), wall_s=0.01)
    for seed in range(50):
        order = _drawn(len(exam.cases), outcome, seed)
        assert len(set(order)) == len(order) == min(6, len(exam.cases))
        assert all(position != place for place, position in enumerate(order))
    slow = Outcome(Status.COMPLETED, (CallResult(),) * len(exam.cases), wall_s=40.0)
    assert len(_drawn(len(exam.cases), slow, 0)) == 2
