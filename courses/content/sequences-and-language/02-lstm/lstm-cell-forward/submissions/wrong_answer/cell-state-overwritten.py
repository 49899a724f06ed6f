"""You replaced the cell state by the new content, so nothing is remembered. What is the forget gate multiplied with, and where does that product go?"""

import numpy as np


def sigmoid(a):
    return 0.5 * (1.0 + np.tanh(0.5 * a))


def lstm_cell_forward(x, h, c, params):
    i, g, o = (x @ params[k]["wx"] + h @ params[k]["wh"] + params[k]["b"] for k in "igo")
    c = sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(c), c
