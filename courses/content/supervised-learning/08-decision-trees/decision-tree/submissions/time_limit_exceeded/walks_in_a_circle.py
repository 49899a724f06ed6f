import numpy as np


class DecisionTree:
    def __init__(self, max_depth=None, min_samples_split=2):
        self.max_depth = max_depth
        self.min_samples_split = min_samples_split

    def fit(self, X, y):
        labels, counts = np.unique(y, return_counts=True)
        leaf = {"label": labels[counts.argmax()]}
        self.root = {"feature": 0, "threshold": np.median(X[:, 0]), "left": leaf, "right": leaf}

    def predict(self, X):
        answers = []
        for x in X:
            node = self.root
            while "feature" in node:
                child = node["left"] if x[node["feature"]] <= node["threshold"] else node["right"]
            answers.append(child["label"])
        return np.array(answers)
