"""You walked along the gradient instead of against it. Should the probability of a sample with label 1 rise or fall by a step?"""

import numpy as np


def sigmoid(z):
    return 0.5 + 0.5 * np.tanh(0.5 * z)


def logistic_regression_fit(X, y, w, b, lr, steps):
    for _ in range(steps):
        error = y - sigmoid(X @ w + b)
        w, b = w - lr * X.T @ error / len(y), b - lr * error.mean()
    return np.array(w, dtype=float), b
