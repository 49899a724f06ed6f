"""Decision trees: questions about one feature at a time. Rules and sources: `mlcore.numpy.trees`."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import torch
from torch import Tensor
from torch.nn import functional


def gini(counts: Sequence[int]) -> Fraction:
    """Return 1 − Σ_k p_k² for the counts of the labels in a node, exactly."""
    return 1 - Fraction(sum(count**2 for count in counts), sum(counts) ** 2)


def best_split(X: Tensor, y: Tensor) -> tuple[int, float] | None:
    """Return (feature, threshold) of the split that lowers the gini impurity most, None where none does."""
    X, (_, index) = X.double(), torch.unique(y, return_inverse=True)
    one_hot = functional.one_hot(index)  # (N, K)
    total = one_hot.sum(dim=0)
    best, least = None, len(X) * gini(total.tolist())
    for feature, column in enumerate(X.T):
        values, order = column.sort()
        counts = one_hot[order].cumsum(dim=0)
        for gap in torch.nonzero(values[:-1] < values[1:])[:, 0]:
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
    """A classifier grown greedily from the root."""

    def __init__(self, max_depth: int | None = None, min_samples_split: int = 2) -> None:
        self.max_depth = max_depth
        self.min_samples_split = min_samples_split

    def fit(self, X: Tensor, y: Tensor) -> "DecisionTree":
        """Grow the tree on samples X (N, D) with integer labels y (N,)."""
        self.root_ = self._grow(X.double(), y, depth=0)
        return self

    def predict(self, X: Tensor) -> Tensor:
        """Return the label (M,) of the leaf that each row of X (M, D) falls into."""
        return torch.tensor([self._leaf(row).label for row in X.double()], dtype=torch.int64, device=X.device)

    def _grow(self, X: Tensor, y: Tensor, depth: int) -> Leaf | Split:
        split = None
        if depth != self.max_depth and len(y) >= self.min_samples_split:
            split = best_split(X, y)
        if split is None:
            labels, counts = torch.unique(y, return_counts=True)
            return Leaf(int(labels[counts == counts.max()][0]))
        feature, threshold = split
        left = X[:, feature] <= threshold
        return Split(
            feature, threshold, self._grow(X[left], y[left], depth + 1), self._grow(X[~left], y[~left], depth + 1)
        )

    def _leaf(self, row: Tensor) -> Leaf:
        node = self.root_
        while isinstance(node, Split):
            node = node.left if row[node.feature] <= node.threshold else node.right
        return node
