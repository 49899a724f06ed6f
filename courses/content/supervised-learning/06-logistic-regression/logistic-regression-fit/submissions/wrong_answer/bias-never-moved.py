"""You moved the weights and left the bias where it was. What is the derivative of the score x·w + b with respect to b?"""

import numpy as np


def sigmoid(z):
    return 0.5 + 0.5 * np.tanh(0.5 * z)


def logistic_regression_fit(X, y, w, b, lr, steps):
    for _ in range(steps):
        error = sigmoid(X @ w + b) - y
        w = w - lr * X.T @ error / len(y)
    return np.array(w, dtype=float), b
