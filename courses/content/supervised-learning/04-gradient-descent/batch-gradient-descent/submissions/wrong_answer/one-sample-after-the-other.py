"""You took a step after each sample, which is stochastic gradient descent. How many times does theta change while all samples are looked at once?"""

import numpy as np


def batch_gradient_descent(X, y, theta, lr, steps):
    theta = np.array(theta, dtype=float)
    for _ in range(steps):
        for n in range(len(y)):
            theta = theta - lr * (X[n] @ theta - y[n]) * X[n] / len(y)
    return theta
