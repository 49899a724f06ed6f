import numpy as np

from courses.figures import Axes, Drawing
from mlcore.numpy.activations import gelu, leaky_relu, relu, stable_sigmoid, stable_softmax

STEP = 1e-4
SQUASHING, PASSING = ((-1.2, 1.2), (-1, 0, 1)), ((-1, 4), (0, 2, 4))
FUNCTIONS = [
    ("sigmoid", stable_sigmoid, SQUASHING),
    ("tanh", np.tanh, SQUASHING),
    ("ReLU", relu, PASSING),
    ("leaky ReLU, slope 0.1", lambda x: leaky_relu(x, 0.1), PASSING),
    ("GELU", gelu, PASSING),
]
LOGITS = np.array([1.0, 2.0, 3.0])


def draw():
    return {"activations.svg": activations(), "softmax-temperature.svg": softmax_temperature()}


def activations():
    drawing = Drawing(
        480,
        520,
        "Five activation functions and their slopes",
        "Sigmoid and tanh flatten on both sides, so their slopes vanish there. ReLU has slope 0 or 1, leaky ReLU 0.1 or "
        "1, and GELU bends smoothly and dips slightly below 0 for small negative inputs.",
    )
    xs = np.linspace(-4, 4, 160)  # an even number: no point on the kink at 0
    for place, (label, function, (y_range, y_ticks)) in enumerate(FUNCTIONS):
        axes = Axes(drawing, (34 + 240 * (place % 2), 36 + 170 * (place // 2), 190, 100), (-4, 4), y_range)
        axes.frame([-4, 0, 4], y_ticks, y_label=label)
        axes.curve(xs, function(xs), 1)
        axes.curve(xs, (function(xs + STEP) - function(xs - STEP)) / (2 * STEP), 2)
    drawing.key(280, 410, 1, "function")
    drawing.key(280, 440, 2, "its slope")
    return drawing.svg()


def softmax_temperature():
    drawing = Drawing(
        480,
        320,
        "Softmax of the logits 1, 2, 3 at three temperatures",
        "At temperature 0.5 the largest logit takes 0.87 of the probability, at 1 it takes 0.67, at 3 only 0.45: "
        "the hotter, the more even.",
    )
    axes = Axes(drawing, (40, 70, 430, 200), (0, 12), (0, 1))
    axes.frame(y_ticks=[0, 0.5, 1], y_label="probability")
    for group, temperature in enumerate([0.5, 1.0, 3.0]):
        centre = 2 + 4 * group
        for k, share in enumerate(stable_softmax(LOGITS / temperature)):
            axes.bar(centre + 1.15 * (k - 1), share, 1.0, k + 1, f"{share:.2f}")
        drawing.text(axes.x(centre), 292, f"T = {temperature:g}", "middle")
    for k, logit in enumerate(LOGITS):
        drawing.key(60 + 140 * k, 20, k + 1, f"logit {logit:g}", bar=True)
    return drawing.svg()
