import numpy as np

from courses.figures import Axes, Drawing
from mlcore.numpy.activations import stable_sigmoid
from mlcore.numpy.regression import logistic_regression_fit

HOURS = np.array([0.5, 1.5, 2.0, 3.0, 3.5, 5.0])
PASSED = np.array([0, 0, 1, 0, 1, 1])


def draw():
    return {"exam.svg": exam(), "losses.svg": losses()}


def exam():
    w, b = logistic_regression_fit(HOURS[:, None], PASSED, [0.0], 0.0, lr=0.5, steps=3000)
    border = -b / w[0]
    drawing = Drawing(
        480,
        340,
        "Probability of passing over hours of study",
        f"An S-shaped curve through six students at 0 and 1. It crosses one half at {border:.1f} hours; at 4 hours it "
        f"is {stable_sigmoid(4 * w[0] + b):.2f}.",
    )
    axes = Axes(drawing, (40, 60, 420, 225), (0, 7), (-0.05, 1.05))
    axes.frame([0, 1, 2, 3, 4, 5, 6, 7], [0, 0.5, 1], "hours of study", "probability of passing")
    hours = np.linspace(0, 7, 141)
    axes.curve(hours, stable_sigmoid(hours * w[0] + b), 1)
    axes.curve([border, border], [-0.05, 0.5], 2)
    drawing.text(axes.x(border) + 8, axes.y(0.12), f"cutoff: {border:.2f} h")
    for hour, passed in zip(HOURS, PASSED, strict=True):
        axes.point(hour, passed, 3)
    return drawing.svg()


def losses():
    drawing = Drawing(
        480,
        340,
        "Log loss and squared error of a sample with label 1",
        "Over scores from -6 to 6: the log loss falls along a nearly straight line from 6, bends near 0 and flattens. The "
        "squared error of the probability stays near 1 on the left, falls around 0 and flattens on the right.",
    )
    axes = Axes(drawing, (40, 80, 420, 205), (-6, 6), (0, 6.2))
    axes.frame([-6, -4, -2, 0, 2, 4, 6], [0, 2, 4, 6], "score z", "loss")
    scores = np.linspace(-6, 6, 121)
    probabilities = stable_sigmoid(scores)
    axes.curve(scores, -np.log(probabilities), 1)
    axes.curve(scores, (1 - probabilities) ** 2, 2)
    drawing.key(10, 24, 1, "log loss, −log p")
    drawing.key(220, 24, 2, "squared error, (p − 1)²")
    return drawing.svg()
