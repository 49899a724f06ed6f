"""You took one step less than asked for. How many numbers does range(1, steps) give?"""

import numpy as np


def batch_gradient_descent(X, y, theta, lr, steps):
    for _ in range(1, steps):
        theta = theta - lr * X.T @ (X @ theta - y) / len(y)
    return np.array(theta, dtype=float)
