import numpy as np


def k_means(X, centroids, max_iter=100):
    X, centroids = X.astype(np.float32), centroids.astype(np.float32)
    labels = np.full(len(X), -1)
    for _ in range(max_iter):
        new = ((X[:, None] - centroids) ** 2).sum(axis=-1).argmin(axis=-1)
        if (new == labels).all():
            break
        labels = new
        for k in set(labels.tolist()):
            centroids[k] = X[labels == k].mean(axis=0)
    return centroids, labels.astype(np.int32)
