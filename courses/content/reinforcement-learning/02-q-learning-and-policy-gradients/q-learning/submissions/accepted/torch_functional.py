# backend: torch
import torch


def q_learning_update(q, state, action, reward, next_state, done, alpha, gamma):
    q = q.double()
    best = torch.zeros((), dtype=torch.float64) if done else torch.amax(q, dim=-1)[next_state]
    change = alpha * (reward + gamma * best - q[state, action])
    index = (torch.tensor([state]), torch.tensor([action]))
    return torch.index_put(q, index, change.reshape(1), accumulate=True)
