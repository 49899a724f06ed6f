"""You returned the squared singular values. What is a sum of squares divided by to become a variance?"""

import numpy as np


def pca(X, n_components):
    Z = X - X.mean(axis=0)
    _, s, vt = np.linalg.svd(Z, full_matrices=False)
    return vt[:n_components], s[:n_components] ** 2
