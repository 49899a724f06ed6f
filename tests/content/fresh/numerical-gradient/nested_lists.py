import numpy as np


def moved(x, position, step):
    values = [float(value) for value in np.ravel(x)]
    values[position] += step
    return np.asarray(values).reshape(np.shape(x))


def numerical_gradient(f, x, eps=1e-5):
    grad = []
    for position in range(np.size(x)):
        ahead = float(f(moved(x, position, eps)))
        behind = float(f(moved(x, position, -eps)))
        grad.append(0.5 * (ahead - behind) / eps)
    return np.asarray(grad).reshape(np.shape(x))
