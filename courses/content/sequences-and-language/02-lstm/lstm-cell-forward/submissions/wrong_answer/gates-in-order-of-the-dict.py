"""You took the four gates in the order in which the dict holds them. What do you have besides the order to tell the gates apart?"""

import numpy as np


def sigmoid(a):
    return 0.5 * (1.0 + np.tanh(0.5 * a))


def lstm_cell_forward(x, h, c, params):
    i, f, g, o = (x @ p["wx"] + h @ p["wh"] + p["b"] for p in params.values())
    c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(c), c
