import numpy as np


def pca(X, n_components):
    centred = X - X.mean(axis=0, keepdims=True)
    _, s, vt = np.linalg.svd(centred, full_matrices=True)
    return {"explained_variance": s[:n_components] ** 2 / (X.shape[0] - 1), "components": vt[:n_components]}
