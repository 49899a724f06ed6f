"""You divided each feature by its standard deviation first, which is PCA of the correlations. Does the statement's matrix C contain such a division?"""

import numpy as np


def pca(X, n_components):
    Z = (X - X.mean(axis=0)) / X.std(axis=0, ddof=1)
    _, s, vt = np.linalg.svd(Z, full_matrices=False)
    return vt[:n_components], s[:n_components] ** 2 / (len(X) - 1)
