import numpy as np

from courses.figures import Axes, Drawing
from mlcore.numpy.losses import huber_loss, mean_absolute_error, mean_squared_error

LOSSES = [("squared", mean_squared_error), ("absolute", mean_absolute_error), ("Huber, δ = 1", huber_loss)]
DAYS = np.array([2.0, 3.0, 3.0, 4.0, 18.0])


def draw():
    return {"loss-curves.svg": loss_curves(), "best-constant.svg": best_constant()}


def loss_curves():
    drawing = Drawing(
        480,
        360,
        "What one error costs",
        "Squared, absolute and Huber loss of one residual from -3 to 3. The squared loss is the lowest below 1 and grows "
        "fastest beyond; the Huber loss is a parabola near 0 and a straight line outside.",
    )
    axes = Axes(drawing, (40, 80, 420, 225), (-3, 3), (0, 5))
    axes.frame([-3, -2, -1, 0, 1, 2, 3], [0, 1, 2, 3, 4, 5], "residual r = prediction − truth", "loss")
    residuals = np.linspace(-3, 3, 121)
    for series, (label, loss) in enumerate(LOSSES, start=1):
        axes.curve(residuals, [loss([0.0], [r]) for r in residuals], series)
        drawing.key(10 + 145 * (series - 1), 24, series, label)
    return drawing.svg()


def best_constant():
    drawing = Drawing(
        480,
        360,
        "One outlier, three opinions",
        "Loss of one constant prediction for the delivery times 2, 3, 3, 4 and 18 days, each loss divided by its own "
        "minimum. Squared error is least at 6, absolute error at 3, Huber at 3.33.",
    )
    axes = Axes(drawing, (40, 80, 420, 225), (0, 10), (0.8, 2.1))
    axes.frame([0, 2, 4, 6, 8, 10], [1, 1.5, 2], "predicted days c", "loss / smallest loss")
    constants = np.linspace(0, 10, 1201)
    for series, (label, loss) in enumerate(LOSSES, start=1):
        costs = np.array([loss(DAYS, np.full(5, c)) for c in constants])
        best = costs.argmin()
        axes.curve(constants[::8], costs[::8] / costs[best], series)
        axes.point(constants[best], 1, series)
        drawing.key(10 + 145 * (series - 1), 24, series, label)
        anchor = {"absolute": "end", "Huber, δ = 1": "start"}.get(label, "middle")
        drawing.text(axes.x(constants[best]), axes.y(1) + 24, f"{constants[best]:.3g}", anchor)
    return drawing.svg()
