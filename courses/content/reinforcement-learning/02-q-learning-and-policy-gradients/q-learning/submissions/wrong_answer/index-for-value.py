"""You used the number of the best action, argmax, where its value belongs. What does the table say about that action?"""

import numpy as np


def q_learning_update(q, state, action, reward, next_state, done, alpha, gamma):
    q = np.array(q, dtype=float)
    target = reward if done else reward + gamma * np.argmax(q[next_state])
    q[state, action] += alpha * (target - q[state, action])
    return q
