"""You multiplied the reward of this very step by gamma as well. How many steps does the agent wait for it?"""

import numpy as np


def q_learning_update(q, state, action, reward, next_state, done, alpha, gamma):
    q = np.array(q, dtype=float)
    target = reward if done else gamma * (reward + q[next_state].max())
    q[state, action] += alpha * (target - q[state, action])
    return q
