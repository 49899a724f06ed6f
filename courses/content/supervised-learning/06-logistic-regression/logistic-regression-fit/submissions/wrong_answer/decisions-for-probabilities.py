"""You rounded the probabilities to 0 and 1 before comparing them with the labels. How large is the error of a sample with label 1 and p = 0.6 in the formula, and in your code?"""

import numpy as np


def sigmoid(z):
    return 0.5 + 0.5 * np.tanh(0.5 * z)


def logistic_regression_fit(X, y, w, b, lr, steps):
    for _ in range(steps):
        error = (sigmoid(X @ w + b) >= 0.5) - y
        w, b = w - lr * X.T @ error / len(y), b - lr * error.mean()
    return np.array(w, dtype=float), b
