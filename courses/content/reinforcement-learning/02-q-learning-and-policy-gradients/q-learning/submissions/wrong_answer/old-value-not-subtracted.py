"""You added alpha times the target itself, not its distance from the old value. What should happen to an entry that equals its target already?"""

import numpy as np


def q_learning_update(q, state, action, reward, next_state, done, alpha, gamma):
    q = np.array(q, dtype=float)
    target = reward if done else reward + gamma * q[next_state].max()
    q[state, action] += alpha * target
    return q
