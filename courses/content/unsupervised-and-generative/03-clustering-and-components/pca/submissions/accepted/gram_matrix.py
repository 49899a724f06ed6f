import numpy as np


def pca(X, n_components):
    """By way of the small matrix of products of samples, as for images with more pixels than there are images."""
    Z = np.asarray(X, float) - np.mean(X, axis=0)
    values, u = np.linalg.eigh(Z @ Z.T)
    rows, variances = [], []
    for value, vector in zip(values[::-1][:n_components], u.T[::-1]):
        variances.append(max(value, 0.0) / (len(X) - 1))
        direction = Z.T @ vector
        if value < 1e-9 * values[-1]:
            # No variance is left: any direction at right angles to those found.
            left = np.linalg.svd(np.vstack([Z, *rows]))[2]
            direction = left[-1]
        rows.append(direction / np.linalg.norm(direction))
    return np.array(rows), np.array(variances)
