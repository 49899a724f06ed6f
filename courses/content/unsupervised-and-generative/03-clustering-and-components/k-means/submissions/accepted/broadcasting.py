import numpy as np


def k_means(X, centroids, max_iter=100):
    X = X.astype(float)
    centroids = centroids.astype(float)
    labels = None
    for _ in range(max_iter):
        distances = np.linalg.norm(X[:, None, :] - centroids[None, :, :], axis=2)
        new_labels = np.argmin(distances, axis=1)
        if labels is not None and (new_labels == labels).all():
            break
        labels = new_labels
        centroids = np.array(
            [X[labels == k].mean(axis=0) if np.any(labels == k) else centroids[k] for k in range(len(centroids))]
        )
    return centroids, labels
