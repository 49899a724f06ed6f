import numpy as np


class PCA:
    """One direction after the other: high powers of the covariance matrix leave nothing but its first eigenvector."""

    def __init__(self, n_components):
        self.n = n_components
        self.components = []
        self.variances = []

    def fit(self, X):
        Z = X - X.mean(0)
        C = np.dot(Z.T, Z) / (Z.shape[0] - 1)
        left = np.eye(len(C))  # projects onto what is at right angles to the directions found
        for _ in range(self.n):
            power = left @ C @ left + 1e-10 * np.trace(C) * left
            for _ in range(40):
                power = power @ power
                power = power / np.trace(power)
            direction = left @ power[:, np.argmax(np.diag(power))]
            direction = -direction / np.sqrt(direction @ direction)
            self.components.append(direction)
            self.variances.append(direction @ C @ direction)
            left = left - np.outer(direction, direction)
        return self


def pca(X, n_components):
    model = PCA(n_components).fit(X)
    return np.stack(model.components), np.array(model.variances)
