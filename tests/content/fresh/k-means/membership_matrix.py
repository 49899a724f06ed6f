import numpy as np


def k_means(X, centroids, max_iter=100):
    X = np.asarray(X, dtype=float)
    M = np.array(centroids, dtype=float)
    labels = np.full(len(X), -1)
    for _ in range(max_iter):
        new = np.linalg.norm(X[:, None, :] - M, axis=-1).argmin(axis=1)
        if (new == labels).all():
            return M, labels
        labels = new
        member = (labels[:, None] == np.arange(len(M))).astype(float)
        counts = member.sum(axis=0)
        M = np.where(counts[:, None] > 0, member.T @ X / np.maximum(counts, 1)[:, None], M)
    return M, labels
