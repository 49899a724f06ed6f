"""You let the later centroid win a tie. Which of two equal distances does the statement prefer?"""

import numpy as np


def k_means(X, centroids, max_iter=100):
    X, centroids = np.asarray(X, dtype=float), np.array(centroids, dtype=float)
    labels = np.full(len(X), -1)
    for _ in range(max_iter):
        squares = ((X[:, None] - centroids) ** 2).sum(axis=2)
        nearest = len(centroids) - 1 - squares[:, ::-1].argmin(axis=1)
        if np.array_equal(nearest, labels):
            break
        labels = nearest
        for k in np.unique(labels):
            centroids[k] = X[labels == k].mean(axis=0)
    return centroids, labels
