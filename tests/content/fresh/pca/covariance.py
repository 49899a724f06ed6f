import numpy as np


def pca(X, n_components):
    C = np.atleast_2d(np.cov(X, rowvar=False))
    values, vectors = np.linalg.eigh(C)
    order = np.argsort(values)[::-1][:n_components]
    return vectors[:, order].T, values[order]
