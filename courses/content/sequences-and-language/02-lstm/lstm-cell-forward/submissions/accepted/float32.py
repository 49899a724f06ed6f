import numpy as np


def lstm_cell_forward(x, h, c, params):
    x, h, c = (array.astype(np.float32) for array in (x, h, c))
    a = {}
    for name, p in params.items():
        wx, wh, b = (p[key].astype(np.float32) for key in ("wx", "wh", "b"))
        a[name] = x @ wx + h @ wh + b
    sigmoid = lambda z: 1 / (1 + np.exp(-np.clip(z, -60, 60)))
    c = sigmoid(a["f"]) * c + sigmoid(a["i"]) * np.tanh(a["g"])
    return sigmoid(a["o"]) * np.tanh(c), c
