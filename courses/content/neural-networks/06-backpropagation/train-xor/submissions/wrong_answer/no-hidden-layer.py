"""You trained a single sigmoid neuron on the two coordinates. Which points have a probability above one half, and can a straight line separate opposite corners from the other two?"""

import numpy as np


def train(X, y, rng):
    w, b = rng.normal(size=2), 0.0
    for _ in range(300):
        p = 1 / (1 + np.exp(-(X @ w + b)))
        w = w - 0.5 * X.T @ (p - y)
        b = b - 0.5 * (p - y).sum()
    return w, b


def predict(model, X):
    w, b = model
    return (X @ w + b > 0).astype(int)
