"""You sent the centroid of an empty cluster to the origin, the sum of no samples. Where does the statement leave it?"""

import numpy as np


def k_means(X, centroids, max_iter=100):
    X, centroids = np.asarray(X, dtype=float), np.array(centroids, dtype=float)
    labels = np.full(len(X), -1)
    for _ in range(max_iter):
        nearest = ((X[:, None] - centroids) ** 2).sum(axis=2).argmin(axis=1)
        if np.array_equal(nearest, labels):
            break
        labels = nearest
        for k in range(len(centroids)):
            centroids[k] = X[labels == k].sum(axis=0) / max((labels == k).sum(), 1)
    return centroids, labels
