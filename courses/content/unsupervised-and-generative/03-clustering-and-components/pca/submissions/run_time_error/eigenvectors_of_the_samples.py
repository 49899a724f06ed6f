import numpy as np


def pca(X, n_components):
    values, vectors = np.linalg.eig(X.tolist() - X.mean(axis=1))
    return vectors[:, :n_components].T, values[:n_components]
