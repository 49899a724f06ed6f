"""You moved the bias inside the loop over the features, once for each of them. How many biases does the model have?"""

import numpy as np


def sigmoid(z):
    return 0.5 + 0.5 * np.tanh(0.5 * z)


def logistic_regression_fit(X, y, w, b, lr, steps):
    w = np.array(w, dtype=float)
    for _ in range(steps):
        error = sigmoid(X @ w + b) - y
        for d in range(len(w)):
            w[d] -= lr * np.mean(error * X[:, d])
            b = b - lr * np.mean(error)
    return w, b
