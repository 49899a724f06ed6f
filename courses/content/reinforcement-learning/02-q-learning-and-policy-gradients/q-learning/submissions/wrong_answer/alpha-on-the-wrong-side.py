"""You kept the part alpha of the old value and took the part 1 - alpha of the target. With a very small learning rate, should an entry hardly change or change completely?"""

import numpy as np


def q_learning_update(q, state, action, reward, next_state, done, alpha, gamma):
    q = np.array(q, dtype=float)
    target = reward if done else reward + gamma * q[next_state].max()
    q[state, action] = alpha * q[state, action] + (1 - alpha) * target
    return q
