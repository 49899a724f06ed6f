"""You assigned and moved once. Which samples would change sides now that the centroids have moved?"""

import numpy as np


def k_means(X, centroids, max_iter=100):
    X, centroids = np.asarray(X, dtype=float), np.array(centroids, dtype=float)
    labels = np.full(len(X), -1)
    for _ in range(1):
        nearest = ((X[:, None] - centroids) ** 2).sum(axis=2).argmin(axis=1)
        if np.array_equal(nearest, labels):
            break
        labels = nearest
        for k in np.unique(labels):
            centroids[k] = X[labels == k].mean(axis=0)
    return centroids, labels
