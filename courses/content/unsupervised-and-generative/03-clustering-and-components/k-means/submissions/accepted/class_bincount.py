import numpy as np


class KMeans:
    def __init__(self, centroids):
        self.centroids = 1.0 * centroids
        self.labels = np.zeros(0, dtype=int)

    def assign(self, X):
        gaps = self.centroids[:, None] - X[None]
        return np.einsum("knd,knd->kn", gaps, gaps).argmin(axis=0)

    def move(self, X):
        counts = np.bincount(self.labels, minlength=len(self.centroids))
        for d in range(X.shape[1]):
            sums = np.bincount(self.labels, weights=X[:, d], minlength=len(counts))
            self.centroids[counts > 0, d] = sums[counts > 0] / counts[counts > 0]

    def step(self, X):
        before, self.labels = self.labels, self.assign(X)
        self.move(X)
        return len(before) == len(self.labels) and (before == self.labels).all()


def k_means(X, centroids, max_iter=100):
    model = KMeans(centroids)
    for _ in range(max_iter):
        if model.step(X):
            break
    return {"labels": model.labels, "centroids": model.centroids}
