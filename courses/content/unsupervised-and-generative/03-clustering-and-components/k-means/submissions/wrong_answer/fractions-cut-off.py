"""You kept the centroids in an array of integers, so every mean lost its fraction. Which dtype does a copy of an integer array have?"""

import numpy as np


def k_means(X, centroids, max_iter=100):
    centroids = centroids.copy()
    labels = np.full(len(X), -1)
    for _ in range(max_iter):
        nearest = ((X[:, None] - centroids) ** 2).sum(axis=2).argmin(axis=1)
        if np.array_equal(nearest, labels):
            break
        labels = nearest
        for k in np.unique(labels):
            centroids[k] = X[labels == k].mean(axis=0)
    return centroids, labels
