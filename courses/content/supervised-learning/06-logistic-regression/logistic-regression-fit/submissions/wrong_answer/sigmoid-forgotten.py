"""You compared the scores themselves with the labels, which fits a straight line. Which function turns a score into a probability?"""

import numpy as np


def logistic_regression_fit(X, y, w, b, lr, steps):
    for _ in range(steps):
        error = X @ w + b - y
        w, b = w - lr * X.T @ error / len(y), b - lr * error.mean()
    return np.array(w, dtype=float), b
