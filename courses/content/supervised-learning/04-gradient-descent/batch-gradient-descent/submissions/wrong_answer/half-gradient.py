"""You kept the ½ of the objective in its gradient. What does differentiating the square contribute that cancels it?"""

import numpy as np


def batch_gradient_descent(X, y, theta, lr, steps):
    for _ in range(steps):
        theta = theta - lr * X.T @ (X @ theta - y) / (2 * len(y))
    return np.array(theta, dtype=float)
