"""You used the upper one of two neighbouring values as the threshold, with < for the left side. If the samples end at 3 and go on at 5, on which side should 4.5 be?"""

import numpy as np


def gini(y):
    _, counts = np.unique(y, return_counts=True)
    return 1 - np.sum((counts / len(y)) ** 2)


def best_split(X, y):
    best, least = None, gini(y) - 1e-12
    for d in range(X.shape[1]):
        values = np.unique(X[:, d])
        for t in values[1:]:
            left = X[:, d] < t
            after = left.mean() * gini(y[left]) + (~left).mean() * gini(y[~left])
            if after < least:
                best, least = (d, t), after - 1e-12
    return best


class DecisionTree:
    def __init__(self, max_depth=None, min_samples_split=2):
        self.max_depth = max_depth
        self.min_samples_split = min_samples_split

    def fit(self, X, y):
        self.root = self.grow(X, y, 0)

    def grow(self, X, y, depth):
        split = None
        if depth != self.max_depth and len(y) >= self.min_samples_split:
            split = best_split(X, y)
        if split is None:
            labels, counts = np.unique(y, return_counts=True)
            return labels[counts.argmax()]
        d, t = split
        left = X[:, d] < t
        return d, t, self.grow(X[left], y[left], depth + 1), self.grow(X[~left], y[~left], depth + 1)

    def predict(self, X):
        return np.array([self.answer(x) for x in X])

    def answer(self, x):
        node = self.root
        while isinstance(node, tuple):
            d, t, left, right = node
            node = left if x[d] < t else right
        return node
