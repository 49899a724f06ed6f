"""Decision trees: questions about one feature at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import ArrayLike, NDArray


def gini(counts: Sequence[int]) -> Fraction:
    """Return 1 − Σ_k p_k² for the counts of the labels in a node, p = counts / Σ counts.

    The probability that two samples, drawn with replacement, have different labels. Exact: two nodes that are mixed
    alike compare as equal, however their fractions would round.

    References
    ----------
    Breiman, Friedman, Olshen, Stone, Classification and Regression Trees (1984), section 4.3.
    """
    return 1 - Fraction(sum(count**2 for count in counts), sum(counts) ** 2)


def best_split(X: ArrayLike, y: ArrayLike) -> tuple[int, float] | None:
    """Return (feature, threshold) of the split X[:, feature] <= threshold that lowers the gini impurity most.

    Impurity of a split: (N_left · gini(left) + N_right · gini(right)) / N.

    Thresholds are the midpoints between neighbouring distinct values. Ties go to the lower feature, then to the
    lower threshold. None where no split lowers the impurity.

    Parameters
    ----------
    X : array-like of shape (N, D)
    y : array-like of N labels
    """
    X, (labels, index) = np.asarray(X, dtype=np.float64), np.unique(y, return_inverse=True)
    one_hot = np.eye(len(labels), dtype=np.int64)[index]  # (N, K)
    total = one_hot.sum(axis=0)
    best, least = None, len(X) * gini(total.tolist())
    for feature, column in enumerate(X.T):
        order = np.argsort(column)
        values, counts = column[order], one_hot[order].cumsum(axis=0)
        for gap in np.flatnonzero(values[:-1] < values[1:]):
            left, right = counts[gap].tolist(), (total - counts[gap]).tolist()
            impurity = sum(left) * gini(left) + sum(right) * gini(right)
            if impurity < least:
                best, least = (feature, float(values[gap] + values[gap + 1]) / 2), impurity
    return best


@dataclass(frozen=True, slots=True)
class Leaf:
    label: int


@dataclass(frozen=True, slots=True)
class Split:
    feature: int
    threshold: float
    left: "Leaf | Split"
    right: "Leaf | Split"


class DecisionTree:
    """A classifier grown greedily from the root: see `best_split`.

    A node is a leaf if it is `max_depth` splits below the root, holds fewer than `min_samples_split` samples, or has
    no split that lowers its impurity. A leaf predicts its most frequent label, the smallest of several.

    Parameters
    ----------
    max_depth : int >= 0 or None for no limit
    min_samples_split : int >= 2
    """

    def __init__(self, max_depth: int | None = None, min_samples_split: int = 2) -> None:
        self.max_depth = max_depth
        self.min_samples_split = min_samples_split

    def fit(self, X: ArrayLike, y: ArrayLike) -> "DecisionTree":
        """Grow the tree on samples X (N, D), N >= 1, with N integer labels y."""
        self.root_ = self._grow(np.asarray(X, dtype=np.float64), np.asarray(y), depth=0)
        return self

    def predict(self, X: ArrayLike) -> NDArray[np.int64]:
        """Return the label (M,) of the leaf that each row of X (M, D) falls into."""
        return np.array([self._leaf(row).label for row in np.asarray(X, dtype=np.float64)], dtype=np.int64)

    def _grow(self, X: NDArray[np.float64], y: NDArray[np.int64], depth: int) -> Leaf | Split:
        split = None
        if depth != self.max_depth and len(y) >= self.min_samples_split:
            split = best_split(X, y)
        if split is None:
            labels, counts = np.unique(y, return_counts=True)
            return Leaf(int(labels[counts.argmax()]))
        feature, threshold = split
        left = X[:, feature] <= threshold
        return Split(
            feature, threshold, self._grow(X[left], y[left], depth + 1), self._grow(X[~left], y[~left], depth + 1)
        )

    def _leaf(self, row: NDArray[np.float64]) -> Leaf:
        node = self.root_
        while isinstance(node, Split):
            node = node.left if row[node.feature] <= node.threshold else node.right
        return node
