class DecisionTree:
    """A classifier that asks about one feature at a time.

    max_depth: int or None        most splits from the root to a leaf, None for no limit
    min_samples_split: int        nodes with fewer samples are not split
    """

    def __init__(self, max_depth=None, min_samples_split=2):
        self.max_depth = max_depth
        self.min_samples_split = min_samples_split

    def fit(self, X, y):
        """Grow the tree on X (N, D) with integer labels y (N,)."""
        raise NotImplementedError("DecisionTree.fit")

    def predict(self, X):
        """Return the label of each row of X (M, D): M integers."""
        raise NotImplementedError("DecisionTree.predict")
