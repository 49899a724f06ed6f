import numpy as np


def k_means(X, centroids, max_iter=100):
    """|x - m|^2 = |x|^2 - 2 x.m + |m|^2, and |x|^2 is the same for every m."""
    means = np.array(centroids, dtype=np.float64)
    labels = None
    for _ in range(max_iter):
        scores = (means**2).sum(axis=1) - 2 * X @ means.T
        nearest = scores.argmin(axis=1)
        if labels is not None and not np.any(nearest != labels):
            break
        labels = nearest
        for k in np.unique(labels):
            means[k] = X[labels == k].mean(axis=0)
    return means, labels
