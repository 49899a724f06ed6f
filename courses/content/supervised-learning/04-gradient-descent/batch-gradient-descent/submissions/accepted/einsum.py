import numpy as np


def batch_gradient_descent(X, y, theta, lr, steps):
    for _ in range(steps):
        residual = np.einsum("nd,d->n", X, theta) - y
        theta = theta - lr * np.mean(residual[:, None] * X, axis=0)
    return np.array(theta, dtype=np.float64)
