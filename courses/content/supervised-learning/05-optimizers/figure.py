import numpy as np

from courses.figures import Axes, Drawing
from mlcore.numpy.optimizers import adam_step, momentum_step

CURVATURE = np.array([1.0, 25.0])
START = np.array([-4.5, 0.7])
WALKS = [
    ("plain", momentum_step, {"lr": 0.07, "momentum": 0.0}),
    ("momentum", momentum_step, {"lr": 0.03, "momentum": 0.7}),
    ("Adam", adam_step, {"lr": 0.4, "beta1": 0.8, "beta2": 0.95}),
]
STEPS = 14


def draw():
    return {"gorge.svg": gorge(), "correction.svg": correction()}


def gorge():
    drawing = Drawing(
        480,
        360,
        "Three optimizers in a gorge",
        "Long, narrow ellipses of equal height. Plain gradient descent jumps across the gorge in every step and is slow "
        "along it. Momentum swings across it less and less and gets further. Adam bends into the gorge and follows it.",
    )
    axes = Axes(drawing, (40, 80, 420, 225), (-5, 1.5), (-1, 1))
    axes.frame([-5, -4, -3, -2, -1, 0, 1], [-1, -0.5, 0, 0.5, 1], "θ₁", "θ₂")
    for radius in (1.0, 2.0, 3.0, 4.0):
        angles = np.linspace(0, 2 * np.pi, 145)
        xs, ys = radius * np.cos(angles), radius * np.sin(angles) / 5
        shown = xs <= 1.5
        # From the cut at the right once around: the part that is left out must not be bridged by a line.
        first = int(np.argmax(shown))
        axes.curve(np.roll(xs, -first)[: shown.sum()], np.roll(ys, -first)[: shown.sum()], 1)
    for series, (label, step, options) in enumerate(WALKS, start=2):
        walk = walked(step, options)
        axes.curve(*np.transpose(walk), series)
        for point in walk:
            axes.point(*point, series, radius=4)
        drawing.key(10 + 150 * (series - 2), 24, series, label)
    return drawing.svg()


def walked(step, options):
    walk, state = [START], {}
    for _ in range(STEPS):
        w, state = step(walk[-1], CURVATURE * walk[-1], state, **options)
        walk.append(w)
    return walk


def correction():
    drawing = Drawing(
        480,
        340,
        "The length of Adam's steps with and without bias correction",
        "For a gradient that stays the same, corrected steps have length 1 from the first on. Without correction they "
        "begin at 3.2, rise to 6.6 within twelve steps and come down slowly.",
    )
    axes = Axes(drawing, (40, 80, 420, 205), (0, 60), (0, 8))
    axes.frame([0, 10, 20, 30, 40, 50, 60], [0, 2, 4, 6, 8], "step t", "length of the step / learning rate")
    counts, (w, state) = np.arange(1, 61), (np.zeros(()), {})
    corrected, raw = [], []
    for _ in counts:
        moved, state = adam_step(w, np.ones(()), state, lr=1.0)
        corrected.append(float(w - moved))
        raw.append(float(state["m"] / np.sqrt(state["v"])))
        w = moved
    axes.curve(counts, corrected, 1)
    axes.curve(counts, raw, 2)
    drawing.key(10, 24, 1, "corrected")
    drawing.key(220, 24, 2, "not corrected")
    return drawing.svg()
