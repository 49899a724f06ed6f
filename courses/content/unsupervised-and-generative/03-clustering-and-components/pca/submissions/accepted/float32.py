import numpy as np


def pca(X, n_components):
    Z = X.astype(np.float32) - X.astype(np.float32).mean(axis=0)
    _, s, vt = np.linalg.svd(Z, full_matrices=False)
    return -vt[:n_components], s[:n_components] ** 2 / np.float32(len(Z) - 1)
