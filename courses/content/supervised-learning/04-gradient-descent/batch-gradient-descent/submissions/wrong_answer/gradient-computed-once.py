"""You computed the gradient before the loop and followed it in every step. Is the slope the same after you have moved?"""

import numpy as np


def batch_gradient_descent(X, y, theta, lr, steps):
    gradient = X.T @ (X @ theta - y) / len(y)
    for _ in range(steps):
        theta = theta - lr * gradient
    return np.array(theta, dtype=float)
