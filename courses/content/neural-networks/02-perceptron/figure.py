import numpy as np

from courses.figures import Axes, Drawing
from mlcore.numpy.perceptron import perceptron_predict, perceptron_train

POINTS = np.array(
    [
        [0.8, 2.6], [1.2, 1.4], [2.0, 2.4], [3.4, 0.6], [0.5, 0.9], [2.4, 1.2],
        [3.2, 3.4], [2.2, 4.4], [4.4, 3.2], [4.9, 1.4], [1.4, 4.6], [3.0, 2.8],
    ]
)  # fmt: skip
CLASSES = np.array([0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1])
ORDER = np.array([6, 0, 7, 1, 8, 2, 9, 3, 10, 4, 11, 5])  # the classes by turns
CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
XOR = np.array([0, 1, 1, 0])
EPOCHS = 20


def draw():
    return {"moving-line.svg": moving_line(), "mistakes.svg": mistakes()}


def train(X, y, epochs):
    """Return w and b after every pass, the start first."""
    passes = [(np.zeros(2), 0.0)]
    for _ in range(epochs):
        passes.append(perceptron_train(X, y, *passes[-1], lr=1.0, epochs=1))
    return passes


def moving_line():
    drawing = Drawing(
        480,
        420,
        "The line of a perceptron after 1, 4 and 20 passes",
        "Six round and six square points in a plane. After 1 pass and after 4 the line still cuts off points of "
        "the wrong class; after 20 passes it separates the classes.",
    )
    axes = Axes(drawing, (40, 76, 420, 290), (0, 5.5), (0, 5))
    axes.frame(range(6), range(6), "x₁", "x₂")
    for (x1, x2), label in zip(POINTS, CLASSES, strict=True):
        if label:
            drawing.rectangle(axes.x(x1) - 6, axes.y(x2) - 6, 12, 12, "fig-fill-2")
        else:
            axes.point(x1, x2, 1)
    passes = train(POINTS[ORDER], CLASSES[ORDER], EPOCHS)
    for series, count in enumerate((1, 4, EPOCHS), start=1):
        x1 = np.linspace(0, 5.5, 300)
        (w1, w2), b = passes[count]
        axes.curve(x1, -(w1 * x1 + b) / w2, series)
        drawing.key(40 + 150 * (series - 1), 20, series, f"{count} passes" if count > 1 else "1 pass")
    return drawing.svg()


def mistakes():
    drawing = Drawing(
        480,
        300,
        "Wrong answers after each pass",
        "For the twelve points of the plane the wrong answers come down to none and stay there. For XOR there are "
        "always some among the four corners.",
    )
    axes = Axes(drawing, (40, 62, 420, 180), (0, EPOCHS), (0, 7))
    axes.frame(range(0, EPOCHS + 1, 5), [0, 2, 4, 6], "pass", "wrong answers")
    data = {"the plane above": (POINTS[ORDER], CLASSES[ORDER]), "XOR": (CORNERS, XOR)}
    for series, (label, (X, y)) in enumerate(data.items(), start=1):
        wrong = [int(np.sum(perceptron_predict(X, w, b) != y)) for w, b in train(X, y, EPOCHS)]
        axes.curve(range(EPOCHS + 1), wrong, series)
        drawing.key(40 + 212 * (series - 1), 16, series, label)
    return drawing.svg()
