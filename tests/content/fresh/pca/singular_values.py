import numpy as np


def pca(X, n_components):
    centred = X - X.mean(axis=0)
    _, s, vt = np.linalg.svd(centred, full_matrices=False)
    return vt[:n_components], (s**2 / (len(X) - 1))[:n_components]
