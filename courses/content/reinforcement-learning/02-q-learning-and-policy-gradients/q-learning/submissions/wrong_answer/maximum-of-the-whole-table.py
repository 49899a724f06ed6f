"""You took the largest value of the whole table. Can the agent be in every state at once after this step?"""

import numpy as np


def q_learning_update(q, state, action, reward, next_state, done, alpha, gamma):
    q = np.array(q, dtype=float)
    target = reward if done else reward + gamma * q.max()
    q[state, action] += alpha * (target - q[state, action])
    return q
