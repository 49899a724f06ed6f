"""You kept 1 minus the forget gate of the memory. If that gate says 1, does the cell forget everything or keep everything?"""

import numpy as np


def sigmoid(a):
    return 0.5 * (1.0 + np.tanh(0.5 * a))


def lstm_cell_forward(x, h, c, params):
    i, f, g, o = (x @ params[k]["wx"] + h @ params[k]["wh"] + params[k]["b"] for k in "ifgo")
    c = (1.0 - sigmoid(f)) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(c), c
