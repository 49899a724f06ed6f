import numpy as np


def lstm_cell_forward(x, h, c, params):
    H = h.shape[1]
    names = ("f", "i", "o", "g")
    W = np.hstack([np.vstack([params[k]["wx"], params[k]["wh"]]) for k in names])
    bias = np.concatenate([params[k]["b"] for k in names])
    a = np.hstack([x, h]) @ W + bias
    with np.errstate(over="ignore"):
        f, i, o = np.split(1 / (1 + np.exp(-a[:, : 3 * H])), 3, axis=1)
    c = f * c + i * np.tanh(a[:, 3 * H :])
    return o * np.tanh(c), c
