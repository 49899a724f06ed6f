# Needs the tolerance of float32.
import numpy as np


def logistic_regression_fit(X, y, w, b, lr, steps):
    X, y, w = X.astype(np.float32), y.astype(np.float32), np.asarray(w, np.float32)
    b = np.float32(b)
    for _ in range(steps):
        z = np.einsum("nd,d->n", X, w) + b
        decay = np.exp(-np.abs(z))
        p = np.where(z < 0, decay, np.float32(1)) / (1 + decay)
        w, b = w - np.float32(lr) * np.mean((p - y)[:, None] * X, axis=0), b - np.float32(lr) * np.mean(p - y)
    return w, b
