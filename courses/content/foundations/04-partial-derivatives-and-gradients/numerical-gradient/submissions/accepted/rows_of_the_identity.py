import numpy as np


def numerical_gradient(f, x, eps=1e-5):
    steps = eps * np.eye(np.size(x)).reshape(-1, *np.shape(x))
    return np.array([f(x + step) - f(x - step) for step in steps]).reshape(np.shape(x)) / (2 * eps)
