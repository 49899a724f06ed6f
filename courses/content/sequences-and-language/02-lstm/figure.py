import numpy as np

from courses.figures import Axes, Drawing
from mlcore.numpy.recurrent import lstm_cell_forward

STEPS, WRITE, REWRITE, CLEAR = 48, 4, 20, 36


def draw():
    return {"selective-memory.svg": selective_memory(), "what-is-left.svg": what_is_left()}


def selective_memory():
    drawing = Drawing(
        480,
        410,
        "One LSTM unit remembers what it is told to",
        "A noisy signal over 48 steps. At the first mark the unit stores the signal and holds it for 16 steps, at the "
        "second it stores another value, at the third it is cleared. A plain recurrent unit follows the noise instead.",
    )
    signal, cell, plain = run()
    steps = range(1, STEPS + 1)
    signal_axes = Axes(drawing, (40, 90, 424, 90), (0, STEPS), (-1.2, 1.2))
    signal_axes.frame([], [-1, 0, 1], y_label="signal at the input")
    signal_axes.curve(steps, signal, 3)
    state_axes = Axes(drawing, (40, 232, 424, 116), (0, STEPS), (-1.2, 1.2))
    state_axes.frame([0, 12, 24, 36, 48], [-1, 0, 1], "step", "state")
    state_axes.curve(steps, cell, 1)
    state_axes.curve(steps, plain, 2)
    for step, label in ((WRITE, "store"), (REWRITE, "store"), (CLEAR, "clear")):
        x = signal_axes.x(step)
        for axes in (signal_axes, state_axes):
            drawing.line(x, axes.top, x, axes.top + axes.height, "fig-axis")
        drawing.text(x, 56, label, "middle")
    drawing.key(40, 20, 1, "LSTM cell state")
    drawing.key(250, 20, 2, "plain recurrent unit")
    return drawing.svg()


def run():
    """Return the signal, the cell state of an LSTM unit with weights set by hand, and the state of a plain unit."""
    signal = np.random.default_rng(4).uniform(-0.7, 0.7, size=STEPS)
    signal[WRITE - 1], signal[REWRITE - 1] = 1.0, -1.0
    store, clear = np.zeros(STEPS), np.zeros(STEPS)
    store[[WRITE - 1, REWRITE - 1]] = clear[CLEAR - 1] = 1.0
    params = {
        "i": gate([0.0, 12.0, 0.0], -6.0),  # open only to store
        "f": gate([0.0, -12.0, -12.0], 6.0),  # shut to store and to clear
        "g": gate([1.5, 0.0, 0.0], 0.0),
        "o": gate([0.0, 0.0, 0.0], 0.0),
    }
    h = c = np.zeros((1, 1))
    cells, plain, state = [], [], 0.0
    for inputs in np.column_stack([signal, store, clear]):
        h, c = lstm_cell_forward(inputs[np.newaxis], h, c, params)
        state = np.tanh(inputs[0] + 0.8 * state)
        cells.append(c.item())
        plain.append(state)
    return signal, cells, plain


def gate(weights, bias):
    return {"wx": np.array(weights)[:, np.newaxis], "wh": np.zeros((1, 1)), "b": np.array([bias])}


def what_is_left():
    drawing = Drawing(
        480,
        360,
        "What is left of a memory",
        "The product of the forget gates over up to 100 steps: with 0.5 nothing is left after ten steps, with 0.9 "
        "after fifty, with 0.99 more than a third is left after a hundred.",
    )
    axes = Axes(drawing, (44, 80, 416, 225), (0, 100), (0, 1))
    axes.frame([0, 25, 50, 75, 100], [0, 0.5, 1], "steps later", "share of the cell state")
    steps = np.arange(101)
    for series, kept in enumerate([0.99, 0.9, 0.5], start=1):
        axes.curve(steps, kept**steps, series)
        drawing.key(44 + 145 * (series - 1), 24, series, f"f = {kept:g}")
    return drawing.svg()
