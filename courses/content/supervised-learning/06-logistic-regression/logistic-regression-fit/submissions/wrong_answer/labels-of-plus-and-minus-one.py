"""You used the formula for labels −1 and +1, in which the label 0 switches a sample off. Which two values does y hold here?"""

import numpy as np


def sigmoid(z):
    return 0.5 + 0.5 * np.tanh(0.5 * z)


def logistic_regression_fit(X, y, w, b, lr, steps):
    for _ in range(steps):
        error = -y * sigmoid(-y * (X @ w + b))
        w, b = w - lr * X.T @ error / len(y), b - lr * error.mean()
    return np.array(w, dtype=float), b
