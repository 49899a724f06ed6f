import numpy as np

from courses.figures import Axes, Drawing
from mlcore.numpy.hebbian import hebb_update

LR = 0.1
START = np.array([0.6, -0.5])


def draw():
    return {"cloud.svg": cloud(), "length.svg": length()}


def inputs():
    """Return 60 points with mean zero, stretched along the direction (2, 1)."""
    rng = np.random.default_rng(4)
    axes = np.array([[2.0, 1.0], [-1.0, 2.0]]) / np.sqrt(5)
    x = rng.normal(size=(60, 2)) * [1.2, 0.4] @ axes
    return x - x.mean(axis=0)


def learned(steps, *, oja):
    """Return the weights after 0, 1, ..., `steps` updates with the whole cloud as the batch."""
    x, w = inputs(), START
    path = [w]
    for _ in range(steps):
        decay = LR * np.mean((x @ w) ** 2) * w if oja else 0.0
        w = hebb_update(w, x, LR) - decay
        path.append(w)
    return np.array(path)


def cloud():
    drawing = Drawing(
        480,
        400,
        "Where the weights of one neuron go",
        "A cloud of points stretched from lower left to upper right. The weights start below it, at (0.6, -0.5), and turn "
        "into the direction of the cloud: by Hebb's rule they then run out of the picture, by Oja's rule they stop at "
        "length 1.",
    )
    axes = Axes(drawing, (40, 70, 420, 280), (-3, 3), (-2, 2))
    axes.frame([-3, -2, -1, 0, 1, 2, 3], [-2, -1, 0, 1, 2], "first input, first weight", "second")
    for point in inputs():
        if abs(point[1]) < 2:
            axes.point(*point, series=3, radius=3)
    for series, (name, oja) in enumerate([("Hebb", False), ("Oja", True)], start=1):
        path = learned(200, oja=oja)
        path = path[(np.abs(path) < [3, 2]).all(axis=1)]
        axes.curve(path[:, 0], path[:, 1], series)
        drawing.key(10 + 150 * (series - 1), 22, series, f"{name}'s rule")
    axes.point(*START, series=1)
    axes.point(*learned(200, oja=True)[-1], series=2)
    return drawing.svg()


def length():
    drawing = Drawing(
        480,
        330,
        "How long the weights get",
        "Length of the weights over 60 updates. By Hebb's rule it grows ever faster and leaves the picture after 23 "
        "updates; by Oja's rule it settles at 1.",
    )
    axes = Axes(drawing, (40, 80, 420, 200), (0, 60), (0, 6))
    axes.frame([0, 20, 40, 60], [0, 1, 2, 3, 4, 5, 6], "updates", "length of w")
    for series, (name, oja) in enumerate([("Hebb", False), ("Oja", True)], start=1):
        axes.curve(range(61), np.linalg.norm(learned(60, oja=oja), axis=1), series)
        drawing.key(10 + 150 * (series - 1), 22, series, f"{name}'s rule")
    return drawing.svg()
