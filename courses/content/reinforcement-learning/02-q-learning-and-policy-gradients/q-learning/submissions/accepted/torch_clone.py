# backend: torch
import torch


def q_learning_update(q, state, action, reward, next_state, done, alpha, gamma):
    q = q.clone().to(torch.float64)
    target = reward + gamma * q[next_state].max() * (not done)
    q[state, action] += alpha * (target - q[state, action])
    return q
