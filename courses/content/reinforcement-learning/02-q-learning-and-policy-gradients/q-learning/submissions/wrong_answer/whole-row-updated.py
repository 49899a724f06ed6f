"""You moved every action of the state towards the target. What did this step show about the actions that were not taken?"""

import numpy as np


def q_learning_update(q, state, action, reward, next_state, done, alpha, gamma):
    q = np.array(q, dtype=float)
    target = reward if done else reward + gamma * q[next_state].max()
    q[state] += alpha * (target - q[state])
    return q
