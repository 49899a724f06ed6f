import numpy as np


class KMeans:
    def __init__(self, start):
        self.centers = np.asarray(start) * 1.0

    def nearest(self, X):
        squared = np.stack([((X - center) ** 2).sum(axis=1) for center in self.centers], axis=1)
        return np.argmin(squared, axis=1)

    def move(self, X, labels):
        for k in set(labels.tolist()):
            self.centers[k] = X[labels == k].mean(axis=0)

    def fit(self, X, max_iter):
        self.labels = self.nearest(X)
        self.move(X, self.labels)
        for _ in range(max_iter - 1):
            labels = self.nearest(X)
            if np.array_equal(labels, self.labels):
                break
            self.labels = labels
            self.move(X, labels)
        return self


def k_means(X, centroids, max_iter=100):
    model = KMeans(centroids).fit(X, max_iter)
    return model.centers, model.labels
