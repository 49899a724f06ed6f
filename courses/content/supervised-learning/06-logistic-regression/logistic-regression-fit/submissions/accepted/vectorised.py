import numpy as np


def sigmoid(z):
    return np.exp(-np.logaddexp(0, -z))


def logistic_regression_fit(X, y, w, b, lr, steps):
    N = len(X)
    w = w.astype(float)
    for _ in range(steps):
        p = sigmoid(np.dot(X, w) + b)
        dw = np.dot(X.T, p - y) / N
        db = np.sum(p - y) / N
        w = w - lr * dw
        b = b - lr * db
    return w, b
