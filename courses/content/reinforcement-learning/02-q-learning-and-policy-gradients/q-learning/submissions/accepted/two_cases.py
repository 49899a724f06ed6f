import numpy as np


def q_learning_update(q, state, action, reward, next_state, done, alpha, gamma):
    new_q = q.astype(np.float64).copy()
    if done:
        td_error = reward - q[state, action]
    else:
        td_error = reward + gamma * np.max(q[next_state, :]) - q[state, action]
    new_q[state, action] = q[state, action] + alpha * td_error
    return new_q
