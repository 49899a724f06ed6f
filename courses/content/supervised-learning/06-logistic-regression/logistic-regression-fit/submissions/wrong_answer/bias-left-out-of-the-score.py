"""You trained the bias but did not add it to the score. Which probability does a sample of zeros get if b is 2?"""

import numpy as np


def sigmoid(z):
    return 0.5 + 0.5 * np.tanh(0.5 * z)


def logistic_regression_fit(X, y, w, b, lr, steps):
    for _ in range(steps):
        error = sigmoid(X @ w) - y
        w, b = w - lr * X.T @ error / len(y), b - lr * error.mean()
    return np.array(w, dtype=float), b
