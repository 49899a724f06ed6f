import math

import numpy as np


def pca(X, n_components):
    """Jacobi rotations until the covariance matrix is diagonal."""
    N, D = X.shape
    means = [sum(X[n, d] for n in range(N)) / N for d in range(D)]
    C = np.zeros((D, D))
    for i in range(D):
        for j in range(D):
            C[i, j] = sum((X[n, i] - means[i]) * (X[n, j] - means[j]) for n in range(N)) / (N - 1)
    V = np.eye(D)
    for _ in range(60):
        for p in range(D):
            for q in range(p + 1, D):
                if abs(C[p, q]) < 1e-300:
                    continue
                angle = 0.5 * math.atan2(2 * C[p, q], C[q, q] - C[p, p])
                R = np.eye(D)
                R[p, p] = R[q, q] = math.cos(angle)
                R[p, q], R[q, p] = math.sin(angle), -math.sin(angle)
                C, V = R.T @ C @ R, V @ R
    order = np.argsort(-np.diag(C))[:n_components]
    return V[:, order].T, np.diag(C)[order]
