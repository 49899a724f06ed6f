import numpy as np

from courses.figures import Axes, Drawing, number
from mlcore.numpy.activations import relu
from mlcore.numpy.layers import affine_backward, affine_forward
from mlcore.numpy.network import two_layer_backprop

X = np.array([[1.0, 2.0]])
W1 = np.array([[1.0, -1.0, -1.0], [0.5, 1.0, 0.0]])
W2 = np.array([[1.0], [-2.0], [3.0]])
TARGET = 1.0
COLUMNS = (60, 250, 430)  # centres of the inputs, the hidden units and the output
RADIUS = 20
ROWS = {2: (110, 270), 3: (60, 190, 320), 1: (190,)}

CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
LABELS = np.array([0, 1, 1, 0])
HIDDEN, RATE, STEPS = 16, 0.5, 200


def draw():
    return {"two-ways.svg": two_ways(), "learning-xor.svg": learning_xor()}


def two_ways():
    z = affine_forward(X, W1, np.zeros(3))
    h = relu(z)
    out = affine_forward(h, W2, np.zeros(1))
    dh, _, _ = affine_backward(out - TARGET, h, W2, np.zeros(1))
    dx, _, _ = affine_backward(dh * (z > 0), X, W1, np.zeros(3))
    drawing = Drawing(
        480,
        390,
        "A small network, forwards and backwards",
        "Inputs 1 and 2, three hidden units with the values 2, 1 and 0, and the output 0. Below each value stands the "
        "derivative of the loss: -1 at the output, -1, 2 and 0 at the hidden units, where the one that is off gets "
        "nothing, and -3 and 1.5 at the inputs.",
    )
    layers = [(X[0], dx[0]), (h[0], (dh * (z > 0))[0]), (out[0], (out - TARGET)[0])]
    for place, weights in enumerate((W1, W2)):
        edges(drawing, place, weights)
    for place, (values, slopes) in enumerate(layers):
        for y, value, slope in zip(ROWS[len(values)], values, slopes, strict=True):
            node(drawing, COLUMNS[place], y, value, slope)
    for centre, label in zip(COLUMNS, ("inputs", "hidden", "output"), strict=True):
        drawing.text(centre, 20, label, "middle", "fig-muted")
    return drawing.svg()


def edges(drawing, place, weights):
    """Draw a line for each weight with its number on it, away from the middle, where lines cross."""
    left, right = COLUMNS[place : place + 2]
    for y1, row in zip(ROWS[weights.shape[0]], weights, strict=True):
        for y2, weight in zip(ROWS[weights.shape[1]], row, strict=True):
            x, y = RADIUS * np.array([right - left, y2 - y1]) / np.hypot(right - left, y2 - y1)
            drawing.line(left + x, y1 + y, right - x, y2 - y, "fig-axis")
            where = 0.72 if place == 0 else 0.4
            aside = 14 * (y2 - y1) / (right - left)  # the steeper the line, the further beside it
            drawing.text(left + where * (right - left) + aside, y1 + where * (y2 - y1) - 6, number(weight), "middle")


def node(drawing, x, y, value, slope):
    drawing.add("circle", "fig-cell fig-cell-pos fig-level-0", cx=x, cy=y, r=RADIUS, stroke_width=2)
    drawing.text(x, y + 5, number(value), "middle")
    drawing.text(x, y + 42, f"d = {number(slope + 0.0)}", "middle")


def learning_xor():
    drawing = Drawing(
        480,
        330,
        "Three networks learn XOR, or do not",
        "The loss over 200 steps of gradient descent. From a random start it falls to almost 0. From weights that are "
        "all zero it stays at 0.69. With 16 equal hidden units it gets stuck on the way.",
    )
    axes = Axes(drawing, (44, 70, 420, 200), (0, STEPS), (0, 0.9))
    axes.frame([0, 50, 100, 150, 200], [0, 0.3, 0.6, 0.9], "step", "loss")
    rng = np.random.default_rng(1)
    starts = {
        "random weights": (rng.normal(size=(2, HIDDEN)), rng.normal(scale=0.35, size=(HIDDEN, 2))),
        "all zero": (np.zeros((2, HIDDEN)), np.zeros((HIDDEN, 2))),
        "all units equal": (np.full((2, HIDDEN), 0.2), np.tile([0.2, -0.2], (HIDDEN, 1))),
    }
    for series, (label, (w1, w2)) in enumerate(starts.items(), start=1):
        axes.curve(range(STEPS + 1), losses(w1, w2), series)
        drawing.key(44 + 212 * ((series - 1) % 2), 14 + 24 * ((series - 1) // 2), series, label)
    return drawing.svg()


def losses(w1, w2):
    model = {"w1": w1, "b1": np.zeros(HIDDEN), "w2": w2, "b2": np.zeros(2)}
    history = []
    for _ in range(STEPS + 1):
        result = two_layer_backprop(CORNERS, LABELS, **model)
        history.append(result["loss"])
        model = {name: value - RATE * result[f"d{name}"] for name, value in model.items()}
    return history
