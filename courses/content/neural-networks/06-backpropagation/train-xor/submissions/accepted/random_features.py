import numpy as np


def features(X, w, b):
    return np.hstack([np.tanh(X @ w + b), np.ones((len(X), 1))])


def train(X, y, rng):
    w, b = rng.normal(size=(2, 40)), rng.normal(size=40)
    out, *_ = np.linalg.lstsq(features(X, w, b), 2.0 * y - 1.0, rcond=None)
    return w, b, out


def predict(model, X):
    w, b, out = model
    return features(X, w, b) @ out > 0
