import numpy as np


def pca(X, n_components):
    """Rotate the covariance matrix, plane by plane, until it is diagonal."""
    A = np.asarray(X, dtype=float)
    A = A - A.sum(axis=0) / len(A)
    C = np.einsum("ni,nj->ij", A, A) / (len(A) - 1)
    D = len(C)
    V = np.eye(D)
    for _ in range(60):
        for p in range(D):
            for q in range(p + 1, D):
                if C[p, q] == 0:
                    continue
                angle = 0.5 * np.arctan2(2 * C[p, q], C[q, q] - C[p, p])
                R = np.eye(D)
                R[p, p] = R[q, q] = np.cos(angle)
                R[p, q], R[q, p] = np.sin(angle), -np.sin(angle)
                C, V = R.T @ C @ R, V @ R
    order = sorted(range(D), key=lambda k: -C[k, k])[:n_components]
    return V.T[order], [C[k, k] for k in order]
