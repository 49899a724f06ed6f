"""You took the best value of the state that the agent has left. From which state does it choose its next action?"""

import numpy as np


def q_learning_update(q, state, action, reward, next_state, done, alpha, gamma):
    q = np.array(q, dtype=float)
    target = reward if done else reward + gamma * q[state].max()
    q[state, action] += alpha * (target - q[state, action])
    return q
