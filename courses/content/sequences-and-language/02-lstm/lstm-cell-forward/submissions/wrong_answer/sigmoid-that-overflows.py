"""You wrote the sigmoid as e^a / (1 + e^a). What are e^1000 and infinity divided by infinity in float64?"""

import numpy as np


def sigmoid(a):
    return np.exp(a) / (1.0 + np.exp(a))


def lstm_cell_forward(x, h, c, params):
    i, f, g, o = (x @ params[k]["wx"] + h @ params[k]["wh"] + params[k]["b"] for k in "ifgo")
    c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(c), c
