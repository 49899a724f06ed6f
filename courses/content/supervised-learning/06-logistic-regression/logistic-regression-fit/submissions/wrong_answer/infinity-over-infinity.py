"""You computed e^z / (1 + e^z), which is infinity divided by infinity for large scores. For which sign of z is this form of the sigmoid the safe one?"""

import numpy as np


def logistic_regression_fit(X, y, w, b, lr, steps):
    for _ in range(steps):
        z = X @ w + b
        error = np.exp(z) / (1 + np.exp(z)) - y
        w, b = w - lr * X.T @ error / len(y), b - lr * error.mean()
    return np.array(w, dtype=float), b
