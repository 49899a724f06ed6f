"""You changed the table that you were given: np.asarray makes no copy of an array of floats. Who else may still hold that table?"""

import numpy as np


def q_learning_update(q, state, action, reward, next_state, done, alpha, gamma):
    q = np.asarray(q, dtype=float)
    target = reward if done else reward + gamma * q[next_state].max()
    q[state, action] += alpha * (target - q[state, action])
    return q
