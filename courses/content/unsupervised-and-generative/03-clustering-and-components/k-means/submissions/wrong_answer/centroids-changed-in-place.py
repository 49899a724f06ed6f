"""You moved the caller's centroids. When does np.asarray make a copy, and when does it return the array that it was given?"""

import numpy as np


def k_means(X, centroids, max_iter=100):
    X, centroids = np.asarray(X, dtype=float), np.asarray(centroids, dtype=float)
    labels = np.full(len(X), -1)
    for _ in range(max_iter):
        nearest = ((X[:, None] - centroids) ** 2).sum(axis=2).argmin(axis=1)
        if np.array_equal(nearest, labels):
            break
        labels = nearest
        for k in np.unique(labels):
            centroids[k] = X[labels == k].mean(axis=0)
    return centroids, labels
