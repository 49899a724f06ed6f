from collections import Counter
from itertools import pairwise


def impurity(labels):
    n = len(labels)
    total = 1.0
    for count in Counter(labels).values():
        total -= (count / n) ** 2
    return total


class Node:
    def __init__(self, rows, labels, depth, tree):
        self.feature = None
        counted = Counter(labels)
        self.label = min(counted, key=lambda label: (-counted[label], label))
        if tree.max_depth is not None and depth >= tree.max_depth:
            return
        if len(rows) < tree.min_samples_split:
            return
        before = impurity(labels)
        best_gain = 1e-9
        for feature in range(len(rows[0])):
            values = sorted({row[feature] for row in rows})
            for a, b in pairwise(values):
                threshold = a + (b - a) / 2
                yes = [label for row, label in zip(rows, labels) if row[feature] <= threshold]
                no = [label for row, label in zip(rows, labels) if row[feature] > threshold]
                gain = before - len(yes) / len(rows) * impurity(yes) - len(no) / len(rows) * impurity(no)
                if gain > best_gain + 1e-12:
                    best_gain, self.feature, self.threshold = gain, feature, threshold
        if self.feature is not None:
            yes = [i for i, row in enumerate(rows) if row[self.feature] <= self.threshold]
            no = [i for i in range(len(rows)) if i not in yes]
            self.yes = Node([rows[i] for i in yes], [labels[i] for i in yes], depth + 1, tree)
            self.no = Node([rows[i] for i in no], [labels[i] for i in no], depth + 1, tree)

    def ask(self, row):
        if self.feature is None:
            return self.label
        return (self.yes if row[self.feature] <= self.threshold else self.no).ask(row)


class DecisionTree:
    def __init__(self, max_depth=None, min_samples_split=2):
        self.max_depth = max_depth
        self.min_samples_split = min_samples_split

    def fit(self, X, y):
        self.root = Node(X.tolist(), y.tolist(), 0, self)
        return self

    def predict(self, X):
        return [self.root.ask(row) for row in X.tolist()]
