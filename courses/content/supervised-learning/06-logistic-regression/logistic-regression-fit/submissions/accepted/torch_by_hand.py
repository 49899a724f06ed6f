# backend: torch
import torch


def logistic_regression_fit(X, y, w, b, lr, steps):
    X, y, w = X.double(), y.double(), w.double().clone()
    for _ in range(steps):
        error = torch.sigmoid(X @ w + b) - y
        w, b = w - lr * (error[:, None] * X).mean(dim=0), b - lr * error.mean()
    return w, b
