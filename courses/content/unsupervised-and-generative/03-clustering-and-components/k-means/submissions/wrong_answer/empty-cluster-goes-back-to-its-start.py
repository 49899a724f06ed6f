"""You sent the centroid of an empty cluster back to where it began. Where was it when it lost its last sample?"""

import numpy as np


def k_means(X, centroids, max_iter=100):
    X, centroids = np.asarray(X, dtype=float), np.array(centroids, dtype=float)
    labels = np.full(len(X), -1)
    first = centroids.copy()
    for _ in range(max_iter):
        nearest = ((X[:, None] - centroids) ** 2).sum(axis=2).argmin(axis=1)
        if np.array_equal(nearest, labels):
            break
        labels = nearest
        for k in range(len(centroids)):
            centroids[k] = X[labels == k].mean(axis=0) if (labels == k).any() else first[k]
    return centroids, labels
