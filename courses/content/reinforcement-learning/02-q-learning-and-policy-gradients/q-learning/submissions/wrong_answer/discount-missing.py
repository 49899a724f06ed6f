"""You added the value of the next state at its full worth, without gamma. What is a reward worth that comes one step later?"""

import numpy as np


def q_learning_update(q, state, action, reward, next_state, done, alpha, gamma):
    q = np.array(q, dtype=float)
    target = reward if done else reward + q[next_state].max()
    q[state, action] += alpha * (target - q[state, action])
    return q
