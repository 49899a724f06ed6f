"""You moved a centroid each time a sample joined it, so later samples met other centroids than earlier ones. When do the centroids move: during the assignment, or after it?"""

import numpy as np


def k_means(X, centroids, max_iter=100):
    X, centroids = np.asarray(X, dtype=float), np.array(centroids, dtype=float)
    labels = np.full(len(X), -1)
    for _ in range(max_iter):
        nearest, counts = np.empty(len(X), dtype=int), np.zeros(len(centroids))
        for n, x in enumerate(X):
            k = ((x - centroids) ** 2).sum(axis=1).argmin()
            nearest[n], counts[k] = k, counts[k] + 1
            centroids[k] += (x - centroids[k]) / counts[k]
        if np.array_equal(nearest, labels):
            break
        labels = nearest
    return centroids, labels
