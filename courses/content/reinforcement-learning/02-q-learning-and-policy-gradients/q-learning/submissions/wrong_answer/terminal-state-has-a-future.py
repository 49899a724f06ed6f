"""You added the discounted value of the next state although the episode was over. How much reward can follow after the last step?"""

import numpy as np


def q_learning_update(q, state, action, reward, next_state, done, alpha, gamma):
    q = np.array(q, dtype=float)
    target = reward + gamma * q[next_state].max()
    q[state, action] += alpha * (target - q[state, action])
    return q
