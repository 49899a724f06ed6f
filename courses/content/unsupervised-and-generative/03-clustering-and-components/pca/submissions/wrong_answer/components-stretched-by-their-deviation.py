"""You multiplied each component by the standard deviation along it. How long should a component be?"""

import numpy as np


def pca(X, n_components):
    Z = X - X.mean(axis=0)
    _, s, vt = np.linalg.svd(Z, full_matrices=False)
    variances = s[:n_components] ** 2 / (len(X) - 1)
    return vt[:n_components] * np.sqrt(variances)[:, None], variances
