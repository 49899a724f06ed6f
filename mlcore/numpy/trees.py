"""Decision trees: questions about one feature at a time."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

TIE = 1e-12  # impurities closer than this are equal but for rounding


def gini(counts: ArrayLike) -> NDArray[np.float64]:
    """Return 1 − Σ_k p_k² for counts (..., K) of the labels in a node, p = counts / Σ counts.

    The probability that two samples, drawn with replacement, have different labels.

    References
    ----------
    Breiman, Friedman, Olshen, Stone, Classification and Regression Trees (1984), section 4.3.
    """
    counts = np.asarray(counts, dtype=np.float64)
    p = counts / counts.sum(axis=-1, keepdims=True)
    return np.asarray(1.0 - (p**2).sum(axis=-1))


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
    one_hot = np.eye(len(labels))[index]  # (N, K)
    best, least = None, float(gini(one_hot.sum(axis=0))) - TIE
    for feature, column in enumerate(X.T):
        order = np.argsort(column)
        values, left = column[order], one_hot[order].cumsum(axis=0)
        [gaps] = np.nonzero(values[:-1] < values[1:])
        if not len(gaps):
            continue
        sizes, left, right = gaps + 1, left[gaps], left[-1] - left[gaps]
        impurity = (sizes * gini(left) + (len(X) - sizes) * gini(right)) / len(X)
        if impurity.min() < least:
            gap = gaps[np.argmax(impurity <= impurity.min() + TIE)]
            best, least = (feature, float(values[gap] + values[gap + 1]) / 2), float(impurity.min()) - TIE
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
