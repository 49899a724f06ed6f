"""You computed the error for the bias anew after the weights had moved. With which weights are both gradients of one step to be computed?"""

import numpy as np


def sigmoid(z):
    return 0.5 + 0.5 * np.tanh(0.5 * z)


def logistic_regression_fit(X, y, w, b, lr, steps):
    for _ in range(steps):
        w = w - lr * X.T @ (sigmoid(X @ w + b) - y) / len(y)
        b = b - lr * np.mean(sigmoid(X @ w + b) - y)
    return np.array(w, dtype=float), b
