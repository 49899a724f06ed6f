"""You added up the gradients of all samples and did not divide by their number. How far would your step go if every sample appeared twice?"""

import numpy as np


def sigmoid(z):
    return 0.5 + 0.5 * np.tanh(0.5 * z)


def logistic_regression_fit(X, y, w, b, lr, steps):
    for _ in range(steps):
        error = sigmoid(X @ w + b) - y
        w, b = w - lr * X.T @ error, b - lr * error.sum()
    return np.array(w, dtype=float), b
