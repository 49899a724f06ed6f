import numpy as np


class LinearModel:
    def __init__(self, weights):
        self.weights = np.asarray(weights, dtype=np.float64).reshape(-1, 1)

    def gradient(self, X, y):
        return np.matmul(X.T, np.matmul(X, self.weights) - y.reshape(-1, 1)) / y.size

    def fit(self, X, y, lr, steps):
        for _ in range(steps):
            self.weights = self.weights - lr * self.gradient(X, y)
        return self


def batch_gradient_descent(X, y, theta, lr, steps):
    return LinearModel(theta).fit(X, y, lr, steps).weights.ravel()
