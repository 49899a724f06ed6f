# Needs the tolerance of float32.
import numpy as np


def batch_gradient_descent(X, y, theta, lr, steps):
    X, y, theta = (np.asarray(a, dtype=np.float32) for a in (X, y, theta))
    lr = np.float32(lr)
    for _ in range(steps):
        residual = np.einsum("nd,d->n", X, theta) - y
        theta = theta - lr * np.einsum("n,nd->d", residual, X) / np.float32(len(y))
    return theta
