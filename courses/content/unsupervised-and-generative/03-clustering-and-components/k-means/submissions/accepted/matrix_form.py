import numpy as np


def k_means(X, centroids, max_iter=100):
    X = np.asarray(X, dtype=np.float64)
    mu = np.array(centroids, dtype=np.float64)
    K = len(mu)
    previous = None
    for _ in range(max_iter):
        scores = (mu**2).sum(axis=1) - 2 * X @ mu.T  # |x - mu|^2 without |x|^2, which is the same for every k
        labels = scores.argmin(axis=1)
        if previous is not None and np.array_equal(labels, previous):
            break
        previous = labels
        R = np.eye(K)[labels]  # (N, K), one-hot
        counts = R.sum(axis=0)[:, None]
        mu = np.where(counts > 0, R.T @ X / np.maximum(counts, 1), mu)
    return mu, labels
