"""You searched for the maximum from 0 upwards, so a state in which every action costs something looks free. What is the maximum of -3, -1 and -2?"""

import numpy as np


def q_learning_update(q, state, action, reward, next_state, done, alpha, gamma):
    q = np.array(q, dtype=float)
    best = 0.0
    for value in q[next_state]:
        if value > best:
            best = value
    target = reward if done else reward + gamma * best
    q[state, action] += alpha * (target - q[state, action])
    return q
