"""You never asked about a feature again below a question about it. Can one question about a number part low, middle and high?"""

import numpy as np


def gini(y):
    _, counts = np.unique(y, return_counts=True)
    return 1 - np.sum((counts / len(y)) ** 2)


def best_split(X, y, features):
    best, least = None, gini(y) - 1e-12
    for d in features:
        values = np.unique(X[:, d])
        for t in (values[:-1] + values[1:]) / 2:
            left = X[:, d] <= t
            after = left.mean() * gini(y[left]) + (~left).mean() * gini(y[~left])
            if after < least:
                best, least = (d, t), after - 1e-12
    return best


class DecisionTree:
    def __init__(self, max_depth=None, min_samples_split=2):
        self.max_depth = max_depth
        self.min_samples_split = min_samples_split

    def fit(self, X, y):
        self.root = self.grow(X, y, 0, range(X.shape[1]))

    def grow(self, X, y, depth, features):
        split = None
        if depth != self.max_depth and len(y) >= self.min_samples_split:
            split = best_split(X, y, features)
        if split is None:
            labels, counts = np.unique(y, return_counts=True)
            return labels[counts.argmax()]
        d, t = split
        left = X[:, d] <= t
        rest = [feature for feature in features if feature != d]
        yes = self.grow(X[left], y[left], depth + 1, rest)
        no = self.grow(X[~left], y[~left], depth + 1, rest)
        return d, t, yes, no

    def predict(self, X):
        return np.array([self.answer(x) for x in X])

    def answer(self, x):
        node = self.root
        while isinstance(node, tuple):
            d, t, left, right = node
            node = left if x[d] <= t else right
        return node
