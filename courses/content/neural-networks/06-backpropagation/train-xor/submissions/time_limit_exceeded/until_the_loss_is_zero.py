import numpy as np


def train(X, y, rng):
    w1, b1, w2, b2 = rng.normal(size=(2, 8)), np.zeros(8), rng.normal(size=8), 0.0
    loss = 1.0
    while loss > 0:
        h = np.tanh(X @ w1 + b1)
        p = h @ w2 + b2
        loss = np.sum((p - y) ** 2) + 1e-12
        dz = np.outer(p - y, w2) * (1 - h**2)
        w1, b1, w2, b2 = w1 - 0.05 * X.T @ dz, b1 - 0.05 * dz.sum(axis=0), w2 - 0.05 * h.T @ (p - y), b2 - 0.05 * np.sum(p - y)
    return w1, b1, w2, b2


def predict(model, X):
    w1, b1, w2, b2 = model
    return np.tanh(X @ w1 + b1) @ w2 + b2 > 0.5
