"""Decision trees: both twins, scikit-learn, and the same rules in exact fractions."""

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
import torch
from sklearn.datasets import load_breast_cancer, load_wine
from sklearn.tree import DecisionTreeClassifier

from mlcore.numpy import trees
from mlcore.torch import trees as in_torch


def drawn(seed, n=40, features=3, labels=3, values=8):
    """Few different values: many ties, and rows that no split can part."""
    rng = np.random.default_rng(seed)
    return rng.integers(values, size=(n, features)) * 0.5, rng.integers(labels, size=n) * 3 - 2


def exact_split(X, y):
    """The rules as they are written, in fractions: candidates in order, a later one must be truly better."""
    best, least = None, impurity(y)
    for feature in range(X.shape[1]):
        values = sorted(set(X[:, feature].tolist()))
        for lower, upper in pairwise(values):
            threshold = (lower + upper) / 2
            left, right = y[X[:, feature] <= threshold], y[X[:, feature] > threshold]
            after = (len(left) * impurity(left) + len(right) * impurity(right)) / len(y)
            if after < least:
                best, least = (feature, threshold), after
    return best


def impurity(y):
    return 1 - sum(Fraction(int(np.sum(y == label)), len(y)) ** 2 for label in set(y.tolist()))


def test_gini_is_the_chance_that_two_draws_differ():
    labels = np.repeat([0, 1, 2], [3, 1, 4])
    for twin in (trees, in_torch):
        assert twin.gini([3, 1, 4]) == pytest.approx(np.mean(labels[:, None] != labels))
        assert twin.gini([5]) == 0


@pytest.mark.parametrize("seed", range(30))
def test_a_split_is_the_exact_one_also_where_candidates_tie(seed):
    X, y = drawn(seed, n=4 + seed, values=4)
    assert trees.best_split(X, y) == exact_split(X, y)
    assert in_torch.best_split(torch.from_numpy(X), torch.from_numpy(y)) == exact_split(X, y)


@pytest.mark.parametrize("options", [{}, {"max_depth": 0}, {"max_depth": 2}, {"min_samples_split": 9}])
@pytest.mark.parametrize("seed", range(3))
def test_both_twins_predict_the_same(seed, options):
    X, y = drawn(seed)
    new = np.random.default_rng(seed + 100).uniform(-1, 5, size=(50, 3))
    tensors = [torch.from_numpy(array) for array in (X, y, new)]
    expected = trees.DecisionTree(**options).fit(X, y).predict(new)
    got = in_torch.DecisionTree(**options).fit(*tensors[:2]).predict(tensors[2])
    np.testing.assert_array_equal(got.numpy(), expected, strict=True)


@pytest.mark.parametrize(
    ("load", "options"),
    [
        (load_wine, {"max_depth": 1}),
        (load_wine, {"max_depth": 2}),
        (load_wine, {"min_samples_split": 60}),
        (load_breast_cancer, {"max_depth": 1}),
        (load_breast_cancer, {"min_samples_split": 200}),
    ],
)
def test_trees_of_real_data_are_scikit_learns(load, options):
    """In trees without ties between features: scikit-learn breaks those by drawing lots."""
    X, y = load(return_X_y=True)
    theirs = DecisionTreeClassifier(**options, random_state=0).fit(X, y)
    ours = trees.DecisionTree(**options).fit(X, y)
    rng = np.random.default_rng(1)
    new = rng.uniform(X.min(axis=0), X.max(axis=0), size=(300, X.shape[1]))
    np.testing.assert_array_equal(ours.predict(new), theirs.predict(new))


def test_a_full_tree_knows_its_samples_by_heart():
    X, y = np.random.default_rng(2).normal(size=(60, 2)), np.random.default_rng(3).integers(4, size=60)
    np.testing.assert_array_equal(trees.DecisionTree().fit(X, y).predict(X), y)


def test_no_split_without_gain_and_the_smallest_of_the_most_frequent_labels():
    corners = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    assert trees.best_split(corners, [5, 2, 2, 5]) is None
    assert trees.DecisionTree().fit(corners, [5, 2, 2, 5]).predict(corners).tolist() == [2, 2, 2, 2]
