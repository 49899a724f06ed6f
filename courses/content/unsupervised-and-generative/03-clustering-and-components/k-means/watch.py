import numpy as np

from courses.pictures import Ask, Axis, Curve, Dot, Drawn, Frame, Plane, Scene
from mlcore.datasets import blobs

title = "Centroids on their way"
description = (
    "Your function groups 300 points, drawn around three centres that it is not told. Each picture is one iteration "
    "further (max_iter=1, from the centroids that the last call returned). Signs and colours are the labels that your "
    "function returned, crosses the centroids, with the way that they came."
)
choices = {
    "k": ("Clusters", {"2": 2, "3": 3, "4": 4}, "3"),
    "near": ("Start", {"from samples anywhere": False, "all in one corner": True}, "all in one corner"),
}

CENTRES = ((-2.6, -1.2), (1.9, -1.6), (0.4, 2.1))
MOST = 24


def watch(rng, k, near):
    X, _ = blobs(rng, samples=300, centres=CENTRES, spread=1.15)
    order = np.argsort(X.sum(axis=1)) if near else rng.permutation(len(X))
    centroids = X[order[:k]]
    plane = Plane("Points and centroids", Axis("x₁", -6, 6), Axis("x₂", -6, 6), X, marks="centroid")
    cost = Curve("How far points are from their centroid", Axis("iteration", 0, MOST), "mean squared distance")
    yield Scene({"data": plane, "cost": cost}, ("Mean squared distance", "Longest move"), frames=MOST + 1)

    yield _frame(0, X, centroids, None, "")
    for iteration in range(1, MOST + 1):
        before = centroids
        centroids, labels = yield Ask({"X": X, "centroids": centroids, "max_iter": 1}, shapes=[(k, 2), (len(X),)])
        moved = float(np.sqrt(((centroids - before) ** 2).sum(axis=1)).max())
        yield _frame(iteration, X, centroids, np.clip(np.nan_to_num(labels), 0, k - 1), f"{moved:.3f}")
        if moved < 1e-9:
            return f"Settled: iteration {iteration} moved no centroid any more."
    return f"After {MOST} iterations the centroids still move a little."


def _frame(iteration, X, centroids, labels, moved):
    squared = ((X[:, None] - centroids) ** 2).sum(axis=2)
    cost = float(squared.min(axis=1).mean())
    facts = {"Mean squared distance": cost, "Longest move": moved or "none yet"}
    return Frame(
        f"iteration {iteration}", facts, {"data": Drawn(marks=centroids, classes=labels), "cost": Dot(iteration, cost)}
    )
