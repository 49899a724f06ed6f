"""You multiplied the error by p·(1 − p), as the squared error would ask for. What becomes of that factor when the log loss is differentiated?"""

import numpy as np


def sigmoid(z):
    return 0.5 + 0.5 * np.tanh(0.5 * z)


def logistic_regression_fit(X, y, w, b, lr, steps):
    for _ in range(steps):
        p = sigmoid(X @ w + b)
        error = (p - y) * p * (1 - p)
        w, b = w - lr * X.T @ error / len(y), b - lr * error.mean()
    return np.array(w, dtype=float), b
