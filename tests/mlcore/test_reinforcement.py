"""Q-learning: both twins, and the values that it must arrive at."""

import numpy as np
import pytest
from scipy.optimize import linprog

from mlcore.numpy.reinforcement import q_learning_update
from tests.mlcore.parity import assert_twins_agree

rng = np.random.default_rng(3)
table = rng.normal(size=(5, 3))


@pytest.mark.parametrize(
    "step",
    [
        {"state": 1, "action": 2, "reward": -0.5, "next_state": 4, "done": False, "alpha": 0.3, "gamma": 0.9},
        {"state": 1, "action": 2, "reward": 2.0, "next_state": 4, "done": True, "alpha": 0.3, "gamma": 0.9},
        {"state": 3, "action": 0, "reward": 1.5, "next_state": 3, "done": False, "alpha": 1.0, "gamma": 0.5},
    ],
)
def test_twins_agree(step):
    assert_twins_agree("reinforcement:q_learning_update", table, **step)


def test_only_the_step_that_was_taken_is_learned_from_and_the_old_table_stays():
    before = table.copy()
    after = q_learning_update(table, 2, 1, 1.0, 0, False, alpha=0.5, gamma=0.9)
    np.testing.assert_array_equal(table, before)
    assert np.argwhere(after != table).tolist() == [[2, 1]]


def test_a_table_of_integers_is_not_rounded():
    after = q_learning_update([[2, 4], [6, 8]], 0, 0, 0.5, 1, False, alpha=0.25, gamma=0.5)
    assert after[0, 0] == 2 + 0.25 * (0.5 + 0.5 * 8 - 2)


def test_sweeps_arrive_at_the_optimal_values_of_a_linear_program():
    """The optimal state values are the smallest V with V(s) >= r + γ V(s') for every step: no learning involved."""
    states, actions, gamma, end = 6, 3, 0.8, 5
    goes_to = rng.integers(states, size=(states, actions))
    rewards = rng.normal(size=(states, actions))
    pairs = [(s, a) for s in range(states) if s != end for a in range(actions)]
    rows, bounds = np.zeros((len(pairs), states)), np.zeros(len(pairs))
    for row, (s, a) in enumerate(pairs):
        rows[row, s] -= 1
        rows[row, goes_to[s, a]] += gamma * (goes_to[s, a] != end)
        bounds[row] = -rewards[s, a]
    limits = [(None, None) if s != end else (0, 0) for s in range(states)]
    optimal = linprog(np.ones(states), A_ub=rows, b_ub=bounds, bounds=limits, method="highs").x

    q = rng.normal(size=(states, actions))
    for _ in range(200):
        for s, a in pairs:
            q = q_learning_update(q, s, a, rewards[s, a], goes_to[s, a], goes_to[s, a] == end, alpha=0.7, gamma=gamma)
    np.testing.assert_allclose(q.max(axis=1)[:end], optimal[:end], rtol=1e-8)
