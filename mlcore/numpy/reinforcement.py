"""Learning from rewards: values of states and actions."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def q_learning_update(
    q: ArrayLike,
    state: int,
    action: int,
    reward: float,
    next_state: int,
    done: bool,  # noqa: FBT001 -- the signature of every environment's step
    alpha: float,
    gamma: float,
) -> NDArray[np.float64]:
    r"""Move one entry of the table towards what one step has shown, and return the new table.

    Q[s, a] ← Q[s, a] + α · (target − Q[s, a])
    target = r                          if the step ended the episode
             r + γ · max_a' Q[s', a']   otherwise

    Parameters
    ----------
    q : array-like of shape (S, A), the expected return of each action in each state
    state, action, reward, next_state : the step (s, a, r, s')
    done : whether s' is terminal: nothing comes after it, whatever its row of the table holds
    alpha : learning rate in (0, 1]
    gamma : discount in [0, 1]

    Returns
    -------
    array of shape (S, A), new; q is left as it is

    References
    ----------
    Watkins and Dayan, Q-learning, Machine Learning 8 (1992); Sutton and Barto,
    Reinforcement Learning (2nd ed., 2018), eq. 6.8.
    """
    q = np.array(q, dtype=np.float64)
    target = reward if done else reward + gamma * q[next_state].max()
    q[state, action] += alpha * (target - q[state, action])
    return q
