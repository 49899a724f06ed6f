import numpy as np


class Prober:
    """Measures the distance that was really gone: x + eps is rounded."""

    def __init__(self, f, x):
        self.f = f
        self.shape = x.shape
        self.flat = [float(v) for v in x.ravel()]

    def at(self, k, value):
        moved = list(self.flat)
        moved[k] = value
        return self.f(np.array(moved).reshape(self.shape))

    def slope(self, k, eps):
        right, left = self.flat[k] + eps, self.flat[k] - eps
        return (self.at(k, right) - self.at(k, left)) / (right - left)


def numerical_gradient(f, x, eps=1e-5):
    prober = Prober(f, x)
    return np.array([prober.slope(k, eps) for k in range(x.size)]).reshape(x.shape)
