import numpy as np


def k_means(X, centroids, max_iter=100):
    X, centroids = X.astype(float), centroids.astype(float)
    for _ in range(max_iter):
        labels = ((X[:, None] - centroids) ** 2).sum(axis=2).argmin(axis=1)
        for k in np.unique(labels):
            centroids[k] = X[labels == k].mean(axis=0)
    return centroids, labels
