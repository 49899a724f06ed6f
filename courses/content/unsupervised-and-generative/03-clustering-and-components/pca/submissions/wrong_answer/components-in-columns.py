"""You returned the components as columns. Which shape does the statement give, and what is the first axis?"""

import numpy as np


def pca(X, n_components):
    C = np.atleast_2d(np.cov(X, rowvar=False))
    values, vectors = np.linalg.eigh(C)
    return vectors[:, ::-1][:, :n_components], values[::-1][:n_components]
