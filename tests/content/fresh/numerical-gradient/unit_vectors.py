import numpy as np


def numerical_gradient(f, x, eps=1e-5):
    units = np.eye(x.size).reshape(x.size, *x.shape)
    slopes = [(f(x + eps * e) - f(x - eps * e)) / (eps + eps) for e in units]
    return np.reshape(np.array(slopes), x.shape)
