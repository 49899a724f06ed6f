"""You averaged the values of the next state's actions, as if the agent chose its next action by lot. Which of them does an agent choose that wants the largest return?"""

import numpy as np


def q_learning_update(q, state, action, reward, next_state, done, alpha, gamma):
    q = np.array(q, dtype=float)
    target = reward if done else reward + gamma * q[next_state].mean()
    q[state, action] += alpha * (target - q[state, action])
    return q
