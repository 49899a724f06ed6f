from copy import deepcopy

import numpy as np


class Agent:
    def __init__(self, q, alpha, gamma):
        self.q = deepcopy(q) * 1.0
        self.alpha = alpha
        self.gamma = gamma

    def value(self, state):
        greedy = np.argmax(self.q[state])
        return self.q[state][greedy]

    def learn(self, state, action, reward, next_state, done):
        future = 0 if done else self.value(next_state)
        self.q[state][action] -= self.alpha * (self.q[state][action] - reward - self.gamma * future)


def q_learning_update(q, state, action, reward, next_state, done, alpha, gamma):
    agent = Agent(q, alpha, gamma)
    agent.learn(state, action, reward, next_state, done)
    return agent.q
