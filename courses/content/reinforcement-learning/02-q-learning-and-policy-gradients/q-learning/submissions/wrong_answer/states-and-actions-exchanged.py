"""You put the action first and the state second when you indexed the table. Which axis of q has one entry per state?"""

import numpy as np


def q_learning_update(q, state, action, reward, next_state, done, alpha, gamma):
    q = np.array(q, dtype=float)
    target = reward if done else reward + gamma * q[:, next_state].max()
    q[action, state] += alpha * (target - q[action, state])
    return q
