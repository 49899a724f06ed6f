"""You left empty clusters out, so fewer centroids come back and the labels after them mean others. How many centroids does the caller expect?"""

import numpy as np


def k_means(X, centroids, max_iter=100):
    X, centroids = np.asarray(X, dtype=float), np.array(centroids, dtype=float)
    labels = np.full(len(X), -1)
    for _ in range(max_iter):
        nearest = ((X[:, None] - centroids) ** 2).sum(axis=2).argmin(axis=1)
        if np.array_equal(nearest, labels):
            break
        labels = nearest
        centroids = np.array([X[labels == k].mean(axis=0) for k in np.unique(labels)])
    return centroids, labels
