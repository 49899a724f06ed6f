"""You valued the next state by the action that was just taken. Must the agent do the same thing twice?"""

import numpy as np


def q_learning_update(q, state, action, reward, next_state, done, alpha, gamma):
    q = np.array(q, dtype=float)
    target = reward if done else reward + gamma * q[next_state, action]
    q[state, action] += alpha * (target - q[state, action])
    return q
