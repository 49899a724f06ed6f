"""You averaged the gradient of the weights, but added up that of the bias. Is Q a sum or a mean for b?"""

import numpy as np


def sigmoid(z):
    return 0.5 + 0.5 * np.tanh(0.5 * z)


def logistic_regression_fit(X, y, w, b, lr, steps):
    for _ in range(steps):
        error = sigmoid(X @ w + b) - y
        w, b = w - lr * X.T @ error / len(y), b - lr * error.sum()
    return np.array(w, dtype=float), b
