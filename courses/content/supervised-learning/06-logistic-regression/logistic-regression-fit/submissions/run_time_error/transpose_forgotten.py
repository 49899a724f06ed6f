import numpy as np


def logistic_regression_fit(X, y, w, b, lr, steps):
    for _ in range(steps):
        error = 1 / (1 + np.exp(-(X @ w + b))) - y
        w, b = w - lr * X @ error / len(y), b - lr * error.mean()
    return w, b
