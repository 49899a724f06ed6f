"""You divided by N, not by N − 1. How many degrees of freedom are left once the mean has been taken from the same samples?"""

import numpy as np


def pca(X, n_components):
    Z = X - X.mean(axis=0)
    _, s, vt = np.linalg.svd(Z, full_matrices=False)
    return vt[:n_components], s[:n_components] ** 2 / len(X)
