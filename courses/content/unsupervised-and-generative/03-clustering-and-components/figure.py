import numpy as np

from courses.figures import Axes, Drawing
from mlcore.datasets import blobs, iris
from mlcore.numpy.clustering import k_means
from mlcore.numpy.components import pca

GOOD, POOR = [12, 27, 51], [0, 3, 6]  # samples of one group, where the centroids begin
SPECIES = ["setosa", "versicolor", "virginica"]


def draw():
    return {"paths-of-centroids.svg": paths_of_centroids(), "irises-in-two-components.svg": irises()}


def paths_of_centroids():
    drawing = Drawing(
        480,
        330,
        "Three centroids from two beginnings",
        "Sixty points in three groups; all three centroids begin in the lower left group. From the first beginning each "
        "reaches a group of its own. From the second, two share one group and the third has two: a worse minimum.",
    )
    X, _ = blobs(np.random.default_rng(8), 60, [[1.5, 1.5], [6.5, 2.5], [3.5, 6.5]], 0.8)
    for left, begin in ((6, GOOD), (250, POOR)):
        axes = Axes(drawing, (left, 50, 224, 230), (-1, 9), (-1, 9))
        axes.frame()
        centroids, labels = k_means(X, X[begin])
        drawing.text(left, 30, f"J = {((X - centroids[labels]) ** 2).sum():.0f}")
        for (x, y), label in zip(X, labels, strict=True):
            axes.point(x, y, int(label) + 1, radius=3)
        steps = np.array([X[begin]] + [k_means(X, X[begin], max_iter)[0] for max_iter in range(1, 12)])  # (steps, K, D)
        for k in range(3):
            axes.curve(steps[:, k, 0], steps[:, k, 1], k + 1)
            square(axes, steps[0, k], 10, f"fig-line-{k + 1}")
            square(axes, steps[-1, k], 14, f"fig-fill-{k + 1}")
    drawing.rectangle(12, 302, 10, 10, "fig-line-1", stroke=3)
    drawing.text(30, 313, "beginning")
    drawing.rectangle(140, 300, 14, 14, "fig-fill-1")
    drawing.text(162, 313, "end")
    return drawing.svg()


def square(axes, point, side, classes):
    left, top = axes.x(point[0]) - side / 2, axes.y(point[1]) - side / 2
    axes.drawing.rectangle(left, top, side, side, classes, stroke=3)


def irises():
    drawing = Drawing(
        480,
        400,
        "150 irises, from four measurements to two components",
        "Each flower is a point. Along the first component setosa stands apart on the left, versicolor is in the middle "
        "and virginica on the right, the two overlapping. Along the second component all vary little.",
    )
    X, species = iris()
    components, variances = pca(X, 2)
    components *= np.sign(components[:, :1])  # a sign is free: the first measurement counts as positive
    places = (X - X.mean(axis=0)) @ components.T  # (150, 2)
    axes = Axes(drawing, (40, 92, 424, 250), (-4, 4), (-2, 2))
    axes.frame([-4, -2, 0, 2, 4], [-2, 0, 2], "first component (cm)", "second component (cm)")
    for (x, y), kind in zip(places, species, strict=True):
        mark(axes, axes.x(x), axes.y(y), int(kind))
    for kind, name in enumerate(SPECIES):
        mark(axes, 48 + 145 * kind, 22, kind)
        drawing.text(60 + 145 * kind, 27, name)
    shares = variances / X.var(axis=0, ddof=1).sum()
    drawing.text(464, 52, f"shares of the variance: {shares[0]:.1%} and {shares[1]:.1%}", "end", "fig-muted")
    return drawing.svg()


def mark(axes, x, y, kind):
    """Mark a place by a disc, a square or a ring."""
    if kind == 0:
        axes.drawing.add("circle", "fig-fill-1", cx=x, cy=y, r=4)
    elif kind == 1:
        axes.drawing.rectangle(x - 3.5, y - 3.5, 7, 7, "fig-fill-2")
    else:
        axes.drawing.add("circle", "fig-line-3", cx=x, cy=y, r=4, stroke_width=2)
