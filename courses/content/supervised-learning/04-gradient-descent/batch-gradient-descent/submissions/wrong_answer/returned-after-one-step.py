"""You returned inside the loop, after the first step. How far to the right does the last line of your function begin?"""

import numpy as np


def batch_gradient_descent(X, y, theta, lr, steps):
    for _ in range(steps):
        theta = theta - lr * X.T @ (X @ theta - y) / len(y)
        return theta
    return np.array(theta, dtype=float)
