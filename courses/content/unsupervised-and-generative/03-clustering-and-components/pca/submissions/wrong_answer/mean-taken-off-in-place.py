"""You took the mean off the caller's own array. Which of `X -= mean` and `X = X - mean` makes a new one?"""

import numpy as np


def pca(X, n_components):
    X -= X.mean(axis=0)
    _, s, vt = np.linalg.svd(X, full_matrices=False)
    return vt[:n_components], s[:n_components] ** 2 / (len(X) - 1)
