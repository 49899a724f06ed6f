"""You moved the caller's w itself. Which array does `w -= step` write to, and which one does `w - step` make?"""

import numpy as np


def sigmoid(z):
    return 0.5 + 0.5 * np.tanh(0.5 * z)


def logistic_regression_fit(X, y, w, b, lr, steps):
    if w.dtype != float:
        w = w.astype(float)
    for _ in range(steps):
        error = sigmoid(X @ w + b) - y
        w -= lr * X.T @ error / len(y)
        b = b - lr * error.mean()
    return w, b
