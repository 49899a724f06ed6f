"""You put the centroid of an empty cluster on the sample that is farthest from its own. Some libraries do that; what does this statement ask for?"""

import numpy as np


def k_means(X, centroids, max_iter=100):
    X, centroids = np.asarray(X, dtype=float), np.array(centroids, dtype=float)
    labels = np.full(len(X), -1)
    for _ in range(max_iter):
        nearest = ((X[:, None] - centroids) ** 2).sum(axis=2).argmin(axis=1)
        if np.array_equal(nearest, labels):
            break
        labels = nearest
        gaps = ((X - centroids[labels]) ** 2).sum(axis=1)
        for k in range(len(centroids)):
            centroids[k] = X[labels == k].mean(axis=0) if (labels == k).any() else X[gaps.argmax()]
    return centroids, labels
