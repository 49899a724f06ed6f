"""You treated the first parameter as an intercept and added it without its feature. Which column of X belongs to theta[0]?"""

import numpy as np


def batch_gradient_descent(X, y, theta, lr, steps):
    theta = np.array(theta, dtype=float)
    for _ in range(steps):
        error = theta[0] + X[:, 1:] @ theta[1:] - y
        theta = theta - lr * np.concatenate([[error.mean()], X[:, 1:].T @ error / len(y)])
    return theta
