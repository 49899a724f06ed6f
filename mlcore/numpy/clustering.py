"""Groups found without labels. Samples are rows."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def k_means(X: ArrayLike, centroids: ArrayLike, max_iter: int = 100) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Lloyd's algorithm: each sample joins its nearest centroid, each centroid moves to the mean of its samples.

    labelₙ = argmin_k ‖xₙ − μₖ‖²,    μₖ = mean of the xₙ with labelₙ = k

    Both lines are one iteration. It ends when an iteration changes no label, or after `max_iter` of them. At equal
    distances the lower index wins; a centroid without samples stays where it is.

    Parameters
    ----------
    X : array-like of shape (N, D), N >= 1
    centroids : array-like of shape (K, D), where the centroids begin
    max_iter : int >= 1

    Returns
    -------
    centroids : array of shape (K, D)
    labels : array of shape (N,), of the last assignment

    References
    ----------
    Lloyd, Least squares quantization in PCM, IEEE Transactions on Information Theory 28 (1982).
    """
    X, centroids = np.asarray(X, dtype=np.float64), np.array(centroids, dtype=np.float64)
    labels: NDArray[np.int64] = np.array([], dtype=np.int64)  # nobody has one yet
    for _ in range(max_iter):
        squares = ((X[:, np.newaxis] - centroids) ** 2).sum(axis=2)  # (N, K)
        nearest = squares.argmin(axis=1)
        if np.array_equal(nearest, labels):
            break
        labels = nearest
        for k in np.unique(labels):
            centroids[k] = X[labels == k].mean(axis=0)
    return centroids, labels
