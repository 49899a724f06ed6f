import numpy as np


def features(X):
    a, b = X[:, 0], X[:, 1]
    return np.stack([np.ones(len(X)), a, b, a * b], axis=1)


def train(X, y, rng):
    w = rng.normal(size=4) * 0.1
    Phi = features(X)
    for _ in range(5000):
        p = 1 / (1 + np.exp(-Phi @ w))
        w = w - 0.5 * Phi.T @ (p - y)
    return w.tolist()


def predict(model, X):
    return [int(value > 0) for value in features(X) @ np.array(model)]
