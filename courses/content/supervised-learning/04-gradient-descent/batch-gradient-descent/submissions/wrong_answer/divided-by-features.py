"""You divided by the number of features. Over what does the sum in Q run, over samples or over features?"""

import numpy as np


def batch_gradient_descent(X, y, theta, lr, steps):
    for _ in range(steps):
        theta = theta - lr * X.T @ (X @ theta - y) / len(theta)
    return np.array(theta, dtype=float)
