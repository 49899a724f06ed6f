import numpy as np


def train(X, y, rng):
    w1, b1, w2, b2 = rng.normal(size=(2, 8)), np.zeros(8), rng.normal(size=8), 0.0
    for _ in range(300):
        h = np.tanh(X @ w1 + b1)
        d = 1 / (1 + np.exp(-(h @ w2 + b2))) - y
        dz = np.outer(d, w2) * (1 - h**2)
        w1, b1, w2, b2 = w1 - X.T @ dz, b1 - dz.sum(axis=0), w2 - h.T @ d, b2 - d.sum()


def predict(model, X):
    w1, b1, w2, b2 = model
    return (np.tanh(X @ w1 + b1) @ w2 + b2 > 0).astype(int)
