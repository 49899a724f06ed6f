import numpy as np


def q_learning_update(q, state, action, reward, next_state, done, alpha, gamma):
    q = np.array(q, dtype=float)
    while True:
        target = reward if done else reward + gamma * q[next_state].max()
        if abs(target - q[state, action]) < 0:
            return q
        q[state, action] += alpha * (target - q[state, action])
