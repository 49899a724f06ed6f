import numpy as np


def q_learning_update(q, state, action, reward, next_state, done, alpha, gamma):
    n_states, n_actions = q.shape
    taken = np.outer(np.arange(n_states) == state, np.arange(n_actions) == action)
    target = reward + (1 - done) * gamma * np.amax(q, axis=1)[next_state]
    return np.where(taken, q + alpha * (target - q), q)
