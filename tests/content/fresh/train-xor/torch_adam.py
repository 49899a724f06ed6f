# backend: torch
import torch


def train(X, y, rng):
    weights = [torch.tensor(rng.normal(size=shape), requires_grad=True) for shape in ((2, 10), (10,), (10, 1), (1,))]
    optimizer = torch.optim.Adam(weights, lr=0.05)
    for _ in range(300):
        optimizer.zero_grad()
        loss = torch.nn.functional.binary_cross_entropy_with_logits(scores(weights, X), y.double())
        loss.backward()
        optimizer.step()
    return weights


def scores(weights, X):
    w1, b1, w2, b2 = weights
    return (torch.relu(X.double() @ w1 + b1) @ w2 + b2)[:, 0]


def predict(model, X):
    return (scores(model, X) > 0).long()
