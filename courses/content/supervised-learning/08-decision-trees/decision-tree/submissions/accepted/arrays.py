import numpy as np


class DecisionTree:
    """Flat lists of nodes and a stack instead of recursion."""

    def __init__(self, max_depth=None, min_samples_split=2):
        self.max_depth, self.min_samples_split = max_depth, min_samples_split

    def fit(self, X, y):
        kinds = np.unique(y)
        self.feature, self.threshold, self.left, self.right, self.value = [], [], [], [], []
        stack = [(np.arange(len(y)), 0, None)]
        while stack:
            rows, depth, parent = stack.pop()
            me = len(self.value)
            if parent is not None:
                getattr(self, parent[1])[parent[0]] = me
            counts = (y[rows, None] == kinds).sum(axis=0)
            for column, value in zip(
                (self.feature, self.threshold, self.left, self.right, self.value),
                (-1, 0.0, -1, -1, kinds[counts.argmax()]),
            ):
                column.append(value)
            if depth == self.max_depth or len(rows) < self.min_samples_split:
                continue
            split = self._split(X[rows], y[rows, None] == kinds)
            if split is None:
                continue
            self.feature[me], self.threshold[me] = split
            goes_left = X[rows, split[0]] <= split[1]
            stack.append((rows[~goes_left], depth + 1, (me, "right")))
            stack.append((rows[goes_left], depth + 1, (me, "left")))
        return self

    @staticmethod
    def _split(X, member):
        n = len(X)
        candidates = []
        for d in range(X.shape[1]):
            v = np.unique(X[:, d])
            t = (v[1:] + v[:-1]) / 2
            below = (X[:, d] <= t[:, None]).astype(float)  # (T, N)
            L, R = below @ member, (1 - below) @ member  # (T, K)
            nL, nR = L.sum(axis=1, keepdims=True), R.sum(axis=1, keepdims=True)
            left = np.sum(L / nL * (1 - L / nL), axis=1)
            right = np.sum(R / nR * (1 - R / nR), axis=1)
            after = nL[:, 0] / n * left + nR[:, 0] / n * right
            candidates += [(round(a, 9), d, float(s)) for a, s in zip(after, t)]
        p = member.mean(axis=0)
        if not candidates or min(candidates)[0] >= round(np.sum(p * (1 - p)), 9):
            return None
        return min(candidates)[1:]

    def predict(self, X):
        at = np.zeros(len(X), dtype=int)
        feature, threshold, left, right = map(np.array, (self.feature, self.threshold, self.left, self.right))
        for _ in range(len(feature)):
            inner = feature[at] >= 0
            below = X[np.arange(len(X)), feature[at]] <= threshold[at]
            at = np.where(inner, np.where(below, left[at], right[at]), at)
        return np.array(self.value)[at]
