"""You walked along the gradient instead of against it. In which direction does the gradient point, uphill or downhill?"""

import numpy as np


def batch_gradient_descent(X, y, theta, lr, steps):
    for _ in range(steps):
        theta = theta + lr * X.T @ (X @ theta - y) / len(y)
    return np.array(theta, dtype=float)
