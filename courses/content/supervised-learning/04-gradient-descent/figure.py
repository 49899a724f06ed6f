import numpy as np

from courses.figures import Axes, Drawing
from mlcore.numpy.losses import mean_squared_error
from mlcore.numpy.regression import batch_gradient_descent

X, Y = np.array([[1.0], [2.0], [3.0]]), np.array([3.0, 5.0, 5.0])
FEATURE = np.array([-1.0, 2.0, 0.5, -0.2, 1.4, -1.6, 0.9, 1.8])
DESIGN = np.stack([np.ones(8), FEATURE], axis=1)
TARGETS = 1.0 + 1.5 * FEATURE + np.array([0.6, -0.5, 0.7, -0.8, 0.4, 0.3, -0.9, 0.5])
START = np.array([-0.8, -0.6])


def draw():
    return {"learning-rates.svg": learning_rates(), "paths.svg": paths()}


def learning_rates():
    drawing = Drawing(
        480,
        360,
        "Five steps at two learning rates",
        "A parabola with its lowest point at 2. At learning rate 0.1 the points walk down its left side, each step shorter "
        "than the one before; at 0.4 they leap from side to side and come down slowly.",
    )
    axes = Axes(drawing, (40, 80, 420, 225), (-0.2, 4.2), (0, 11))
    axes.frame([0, 1, 2, 3, 4], [0, 5, 10], "θ", "Q(θ)")
    thetas = np.linspace(-0.2, 4.2, 111)
    axes.curve(thetas, [objective(theta) for theta in thetas], 1)
    for series, lr in [(2, 0.1), (3, 0.4)]:
        walk = [batch_gradient_descent(X, Y, [0.0], lr, steps)[0] for steps in range(6)]
        heights = [objective(theta) for theta in walk]
        axes.curve(walk, heights, series)
        for theta, height in zip(walk, heights, strict=True):
            axes.point(theta, height, series, radius=5)
        drawing.key(10 + 230 * (series - 2), 24, series, f"learning rate {lr}")
    return drawing.svg()


def objective(theta):
    return mean_squared_error(Y, X[:, 0] * theta) / 2


def paths():
    drawing = Drawing(
        480,
        400,
        "Full steps and single-sample steps in the same landscape",
        "Ellipses of equal loss over intercept and slope. The path of full gradient descent is a smooth curve to their "
        "centre. The path of stochastic gradient descent zigzags towards it and then wanders around it.",
    )
    axes = Axes(drawing, (40, 80, 420, 265), (-1, 3), (-1, 3))
    axes.frame([-1, 0, 1, 2, 3], [-1, 0, 1, 2, 3], "intercept", "slope")
    best = np.linalg.solve(DESIGN.T @ DESIGN, DESIGN.T @ TARGETS)
    for height in (0.05, 0.3, 0.75, 1.4):
        outline = best[:, None] + np.sqrt(2 * height) * unit_ellipse()
        axes.curve(*outline, 1)
    full = [batch_gradient_descent(DESIGN, TARGETS, START, 0.25, steps) for steps in range(17)]
    single = [START]
    for n in [*range(8), *range(8)]:
        single.append(batch_gradient_descent(DESIGN[n : n + 1], TARGETS[n : n + 1], single[-1], 0.25, 1))
    for series, (label, walk) in enumerate([("all samples", full), ("one sample", single)], start=2):
        axes.curve(*np.transpose(walk), series)
        for theta in walk:
            axes.point(*theta, series, radius=4)
        drawing.key(10 + 230 * (series - 2), 24, series, f"a step for {label}")
    return drawing.svg()


def unit_ellipse():
    """Points d with d·H·d = 1, where H is the matrix of the objective's second derivatives."""
    angles = np.linspace(0, 2 * np.pi, 73)
    root = np.linalg.cholesky(DESIGN.T @ DESIGN / len(DESIGN))
    return np.linalg.solve(root.T, np.stack([np.cos(angles), np.sin(angles)]))
