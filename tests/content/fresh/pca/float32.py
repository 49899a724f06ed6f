# Needs the tolerance of float32.
import numpy as np


class PCA:
    def __init__(self, n):
        self.n = n

    def fit(self, X):
        X = (X - X.mean(axis=0)).astype(np.float32)
        _, s, self.components_ = np.linalg.svd(X)
        self.explained_variance_ = s * s / np.float32(len(X) - 1)
        return self


def pca(X, n_components):
    model = PCA(n_components).fit(X)
    return model.components_[:n_components], model.explained_variance_[:n_components]
