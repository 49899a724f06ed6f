import numpy as np


class LinearModel:
    def __init__(self, theta):
        self.theta = np.array(theta, dtype=np.float64)

    def predict(self, X):
        return X.dot(self.theta)

    def gradient(self, X, y):
        return np.mean((self.predict(X) - y).reshape(-1, 1) * X, axis=0)

    def fit(self, X, y, lr, steps):
        for _ in range(steps):
            self.theta -= lr * self.gradient(X, y)
        return self


def batch_gradient_descent(X, y, theta, lr, steps):
    return LinearModel(theta).fit(X, y, lr, steps).theta
