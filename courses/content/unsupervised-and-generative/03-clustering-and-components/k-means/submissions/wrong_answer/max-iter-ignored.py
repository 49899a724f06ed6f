"""You went on until no label changed, whatever max_iter says. How often may samples be assigned when max_iter is 1?"""

import numpy as np


def k_means(X, centroids, max_iter=100):
    X, centroids = np.asarray(X, dtype=float), np.array(centroids, dtype=float)
    labels = np.full(len(X), -1)
    while True:
        nearest = ((X[:, None] - centroids) ** 2).sum(axis=2).argmin(axis=1)
        if np.array_equal(nearest, labels):
            break
        labels = nearest
        for k in np.unique(labels):
            centroids[k] = X[labels == k].mean(axis=0)
    return centroids, labels
