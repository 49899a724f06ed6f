"""You subtracted the step, so the entry moves away from its target. If the target is higher than the old value, in which direction should the entry go?"""

import numpy as np


def q_learning_update(q, state, action, reward, next_state, done, alpha, gamma):
    q = np.array(q, dtype=float)
    target = reward if done else reward + gamma * q[next_state].max()
    q[state, action] -= alpha * (target - q[state, action])
    return q
