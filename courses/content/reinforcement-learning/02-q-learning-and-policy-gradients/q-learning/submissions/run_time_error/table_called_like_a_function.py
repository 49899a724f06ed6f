import numpy as np


def q_learning_update(q, state, action, reward, next_state, done, alpha, gamma):
    new_q = np.copy(q)
    target = reward + gamma * max(q(next_state))
    new_q[state, action] += alpha * (target - q[state, action])
    return new_q
