"""You wrote the reward of the last step into the table as it is, without the learning rate. If a goal pays 0 or 10 by chance, what will the table say about it?"""

import numpy as np


def q_learning_update(q, state, action, reward, next_state, done, alpha, gamma):
    q = np.array(q, dtype=float)
    if done:
        q[state, action] = reward
    else:
        target = reward + gamma * q[next_state].max()
        q[state, action] += alpha * (target - q[state, action])
    return q
