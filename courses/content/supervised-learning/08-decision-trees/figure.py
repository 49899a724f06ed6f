import numpy as np

from courses.figures import Axes, Drawing
from mlcore.numpy.trees import DecisionTree, Split


def draw():
    return {"impurity.svg": impurity(), "questions.svg": questions()}


def impurity():
    drawing = Drawing(
        480,
        340,
        "Three ways to measure how mixed a node is",
        "Impurity of a node against the share of one of two labels. Gini, entropy halved and error rate are 0 for a pure "
        "node and one half for an even mixture; the error rate has straight sides, the other two are curved.",
    )
    axes = Axes(drawing, (40, 80, 420, 210), (0, 1), (0, 0.6))
    axes.frame([0, 0.25, 0.5, 0.75, 1], [0, 0.1, 0.2, 0.3, 0.4, 0.5], "share p of the first label", "impurity")
    shares = np.linspace(0.001, 0.999, 101)
    both = np.stack([shares, 1 - shares], axis=1)
    curves = {
        "gini": 1 - (both**2).sum(axis=1),
        "entropy / 2": -(both * np.log2(both)).sum(axis=1) / 2,
        "error rate": both.min(axis=1),
    }
    for series, (name, values) in enumerate(curves.items(), start=1):
        axes.curve(shares, values, series)
        drawing.key(10 + 150 * (series - 1), 24, series, name)
    return drawing.svg()


def samples(n=90):
    """Return points in a square, labelled by an L-shaped region."""
    rng = np.random.default_rng(8)
    X = rng.uniform(0, 10, size=(n, 2))
    return X, ((X[:, 0] > 4) & (X[:, 1] < 6.5)).astype(int)


def questions():
    drawing = Drawing(
        480,
        430,
        "Two questions cut a square into three",
        "Points with two labels in a square. The first question cuts the square at one height or width, the second cuts one "
        "of the two parts again, so that all points of one label lie in a rectangle at the lower right.",
    )
    axes = Axes(drawing, (40, 60, 420, 310), (0, 10), (0, 10))
    axes.frame([0, 2, 4, 6, 8, 10], [0, 2, 4, 6, 8, 10], "feature 0", "feature 1")
    X, y = samples()
    for point, label in zip(X, y, strict=True):
        axes.point(*point, series=1 + label, radius=4 + 2 * label)
    cuts(axes, DecisionTree(max_depth=2).fit(X, y).root_, (0, 10, 0, 10))
    return drawing.svg()


def cuts(axes, node, box):
    """Draw the question of a node across its part of the square, then those of its children."""
    if not isinstance(node, Split):
        return
    left, right, bottom, top = box
    t = node.threshold
    if node.feature == 0:
        axes.drawing.line(axes.x(t), axes.y(bottom), axes.x(t), axes.y(top), "fig-line-3", 3)
        yes, no = (left, t, bottom, top), (t, right, bottom, top)
    else:
        axes.drawing.line(axes.x(left), axes.y(t), axes.x(right), axes.y(t), "fig-line-3", 3)
        yes, no = (left, right, bottom, t), (left, right, t, top)
    cuts(axes, node.left, yes)
    cuts(axes, node.right, no)
