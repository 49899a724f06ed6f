"""You put alpha times the target in place of the old value. What part of the old value should be left after a step with alpha = 0.1?"""

import numpy as np


def q_learning_update(q, state, action, reward, next_state, done, alpha, gamma):
    q = np.array(q, dtype=float)
    target = reward if done else reward + gamma * q[next_state].max()
    q[state, action] = alpha * target
    return q
