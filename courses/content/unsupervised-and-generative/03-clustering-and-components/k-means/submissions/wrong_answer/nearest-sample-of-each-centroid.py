"""You looked for the nearest sample of each centroid, not for the nearest centroid of each sample. How many labels should there be, N or K?"""

import numpy as np


def k_means(X, centroids, max_iter=100):
    X, centroids = np.asarray(X, dtype=float), np.array(centroids, dtype=float)
    labels = np.full(len(X), -1)
    for _ in range(max_iter):
        nearest = ((X[:, None] - centroids) ** 2).sum(axis=2).argmin(axis=0)
        if np.array_equal(nearest, labels):
            break
        labels = nearest
        for k, n in enumerate(labels):
            centroids[k] = X[n]
    return centroids, labels
