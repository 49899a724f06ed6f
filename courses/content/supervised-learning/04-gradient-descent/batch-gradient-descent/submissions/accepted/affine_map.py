import numpy as np


def batch_gradient_descent(X, y, theta, lr, steps):
    # One step is theta -> A theta + c.
    A = np.eye(X.shape[1]) - lr * (X.T @ X) / len(X)
    c = lr * (X.T @ y) / len(X)
    for _ in range(steps):
        theta = A.dot(theta) + c
    return theta + 0.0
