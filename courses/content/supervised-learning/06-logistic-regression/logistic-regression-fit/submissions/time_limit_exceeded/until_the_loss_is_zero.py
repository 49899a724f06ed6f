import numpy as np


def logistic_regression_fit(X, y, w, b, lr, steps):
    error = np.ones(len(y))
    while np.any(error != 0):
        error = 1 / (1 + np.exp(-(X @ w + b))) - y
        w, b = w - lr * X.T @ error / len(y), b - lr * error.mean()
    return w, b
