import numpy as np


def gini(y):
    return 1 - sum(np.mean(y == k) ** 2 for k in set(y.tolist()))


class DecisionTree:
    def __init__(self, max_depth=None, min_samples_split=2):
        self.max_depth = max_depth
        self.min_samples_split = min_samples_split

    def fit(self, X, y):
        self.root = self.build(X, y, self.max_depth)

    def build(self, X, y, depth_left):
        if depth_left == 0 or len(y) < self.min_samples_split or len(set(y.tolist())) == 1:
            return self.majority(y)
        best = None
        lowest = gini(y)
        for j in range(X.shape[1]):
            distinct = np.unique(X[:, j])
            for k in range(1, len(distinct)):
                threshold = (distinct[k - 1] + distinct[k]) / 2
                mask = X[:, j] <= threshold
                score = (mask.sum() * gini(y[mask]) + (~mask).sum() * gini(y[~mask])) / len(y)
                if score < lowest:
                    lowest = score
                    best = (j, threshold, mask)
        if best is None:
            return self.majority(y)
        j, threshold, mask = best
        rest = None if depth_left is None else depth_left - 1
        yes, no = self.build(X[mask], y[mask], rest), self.build(X[~mask], y[~mask], rest)
        return lambda x: yes(x) if x[j] <= threshold else no(x)

    def majority(self, y):
        values, counts = np.unique(y, return_counts=True)
        label = int(values[np.argmax(counts)])
        return lambda x: label

    def predict(self, X):
        return np.apply_along_axis(self.root, 1, X)
