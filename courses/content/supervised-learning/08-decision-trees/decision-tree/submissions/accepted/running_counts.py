from itertools import pairwise

import numpy as np


class DecisionTree:
    def __init__(self, max_depth=None, min_samples_split=2):
        self.max_depth = np.inf if max_depth is None else max_depth
        self.min_samples_split = min_samples_split

    def fit(self, X, y):
        self.labels, classes = np.unique(y, return_inverse=True)
        self.tree = self.grow(X, classes, 0)

    def grow(self, X, c, depth):
        counts = np.bincount(c, minlength=len(self.labels))
        node = {"label": self.labels[np.argmax(counts)]}
        if depth >= self.max_depth or len(c) < self.min_samples_split or counts.max() == len(c):
            return node
        score, feature, threshold = self.search(X, c, counts)
        if score <= np.sum(counts**2) / len(c) + 1e-9:
            return node
        below = X[:, feature] <= threshold
        node.update(feature=feature, threshold=threshold)
        node["children"] = [self.grow(X[side], c[side], depth + 1) for side in (~below, below)]
        return node

    def search(self, X, c, counts):
        best = (-1.0, None, None)
        for feature in range(X.shape[1]):
            left, right, nl = np.zeros(len(counts)), counts.astype(float), 0
            order = np.argsort(X[:, feature], kind="stable")
            for i, j in pairwise(order):
                left[c[i]] += 1
                right[c[i]] -= 1
                nl += 1
                if X[i, feature] == X[j, feature]:
                    continue
                score = left @ left / nl + right @ right / (len(c) - nl)
                if score > best[0] + 1e-9:
                    best = (score, feature, (X[i, feature] + X[j, feature]) / 2)
        return best

    def predict(self, X):
        answers = []
        for x in X:
            node = self.tree
            while "children" in node:
                node = node["children"][int(x[node["feature"]] <= node["threshold"])]
            answers.append(node["label"])
        return np.array(answers)
