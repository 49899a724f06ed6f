"""You changed one parameter and then computed the errors anew for the next one. With which theta do all partial derivatives of one gradient have to be computed?"""

import numpy as np


def batch_gradient_descent(X, y, theta, lr, steps):
    theta = np.array(theta, dtype=float)
    for _ in range(steps):
        for d in range(len(theta)):
            error = X @ theta - y
            theta[d] -= lr * np.mean(error * X[:, d])
    return theta
