"""You took the samples apart as they are, so the first component points from the origin to their middle. Around which point is variance measured?"""

import numpy as np


def pca(X, n_components):
    Z = X
    _, s, vt = np.linalg.svd(Z, full_matrices=False)
    return vt[:n_components], s[:n_components] ** 2 / (len(X) - 1)
