import numpy as np


class LogisticRegression:
    def __init__(self, w, b):
        self.w = np.asarray(w, dtype=np.float64)[:, None]
        self.b = float(b)

    def predict(self, X):
        with np.errstate(over="ignore"):
            return 1.0 / (1.0 + np.exp(-(X @ self.w + self.b)))

    def step(self, X, y, lr):
        residual = y[:, None] - self.predict(X)
        self.w = self.w + lr * np.mean(residual * X, axis=0, keepdims=True).T
        self.b = self.b + lr * np.mean(residual)


def logistic_regression_fit(X, y, w, b, lr, steps):
    model = LogisticRegression(w, b)
    for _ in range(steps):
        model.step(X, y, lr)
    return model.w.ravel(), model.b
