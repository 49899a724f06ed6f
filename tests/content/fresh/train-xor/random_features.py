import numpy as np


class RandomFeatures:
    """A hidden layer that is drawn and never trained; least squares for the layer on top."""

    def __init__(self, rng):
        self.w, self.b = rng.normal(scale=2.0, size=(2, 50)), rng.normal(size=50)

    def hidden(self, X):
        return np.maximum(X @ self.w + self.b, 0)

    def fit(self, X, y):
        self.v = np.linalg.lstsq(self.hidden(X), 2.0 * y - 1.0, rcond=None)[0]
        return self


def train(X, y, rng):
    return RandomFeatures(rng).fit(X, y)


def predict(model, X):
    return np.where(model.hidden(X) @ model.v > 0, 1, 0)
