"""You added up the contributions of all samples and did not divide by their number. How far would your step go if every sample appeared twice?"""

import numpy as np


def batch_gradient_descent(X, y, theta, lr, steps):
    for _ in range(steps):
        theta = theta - lr * X.T @ (X @ theta - y)
    return np.array(theta, dtype=float)
