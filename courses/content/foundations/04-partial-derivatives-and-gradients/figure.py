import numpy as np

from courses.figures import Axes, Drawing
from mlcore.numpy.derivatives import numerical_gradient

LEVELS = [0.25, 1.0, 2.25, 4.0, 6.25]
POINTS = [(1.2, 0.75), (-1.7, 0.65), (-2.2, -0.6), (0.5, -0.55), (2.0, 0.0), (2.2, -0.95), (-0.6, 1.05)]
ARROW = 0.16  # of the gradient's length, so that arrows do not cross


def draw():
    return {"gradient-field.svg": gradient_field(), "step-size.svg": step_size()}


def height(point):
    """A bowl four times as steep in y as in x."""
    return point[0] ** 2 / 2 + 2 * point[1] ** 2


def gradient_field():
    drawing = Drawing(
        480,
        310,
        "Lines of equal height and gradients",
        "Ellipses around the lowest point of a bowl, and arrows that stand at right angles to them. Where the ellipses "
        "are close together, above and below the centre, the arrows are long; to the left and right they are short.",
    )
    axes = Axes(drawing, (30, 40, 440, 220), (-4, 4), (-2, 2))
    axes.frame([-4, -2, 0, 2, 4], [-2, -1, 0, 1, 2], "x", "y")
    angles = np.linspace(0, 2 * np.pi, 73)
    for level in LEVELS:
        axes.curve(np.sqrt(2 * level) * np.cos(angles), np.sqrt(level / 2) * np.sin(angles), 1)
    for x, y in POINTS:
        arrow(axes, (x, y), ARROW * numerical_gradient(height, [x, y]))
    axes.point(0, 0, 2)
    return drawing.svg()


def arrow(axes, start, step):
    """A line with two barbs; one unit is the same length along both axes, so that angles are true."""
    tip, direction = np.add(start, step), step / np.hypot(*step)
    side = np.array([-direction[1], direction[0]])
    barbs = [tip - 0.17 * direction + sign * 0.09 * side for sign in (1, -1)]
    for begin in (start, *barbs):
        axes.drawing.line(axes.x(begin[0]), axes.y(begin[1]), axes.x(tip[0]), axes.y(tip[1]), "fig-line-2", 3)


def step_size():
    drawing = Drawing(
        480,
        360,
        "The error of a measured slope over the step",
        "Both axes are powers of ten. From right to left, the error of the forward difference falls by one power per "
        "power of the step until 1e-8, that of the central difference by two until 1e-5; then rounding takes over.",
    )
    axes = Axes(drawing, (46, 80, 414, 225), (-14, 0), (-12.6, 1))
    axes.frame([-14, -12, -10, -8, -6, -4, -2, 0], [-12, -9, -6, -3, 0], "step, power of ten", "error, power of ten")
    steps = 2.0 ** -np.arange(47)  # exact, like every product below: rounding errors are the same on all processors
    points = np.linspace(1, 1.05, 40)  # their mean, since the rounding error jumps from one float to the next
    for series, (label, slope) in enumerate(
        [("forward difference", forward), ("central difference", central)], start=1
    ):
        errors = [np.mean([abs(slope(x, step) - 3 * x * x) for x in points]) for step in steps]
        axes.curve(np.log10(steps), np.log10(errors), series)
        drawing.key(10 + 230 * (series - 1), 24, series, label)
    return drawing.svg()


def cube(x):
    return x * x * x


def forward(x, step):
    return (cube(x + step) - cube(x)) / step


def central(x, step):
    return float(numerical_gradient(cube, x, step))
