"""You kept as much of the memory as the input gate says, and added as much as the forget gate says. Which of the two multiplies the old cell state?"""

import numpy as np


def sigmoid(a):
    return 0.5 * (1.0 + np.tanh(0.5 * a))


def lstm_cell_forward(x, h, c, params):
    i, f, g, o = (x @ params[k]["wx"] + h @ params[k]["wh"] + params[k]["b"] for k in "ifgo")
    c = sigmoid(i) * c + sigmoid(f) * np.tanh(g)
    return sigmoid(o) * np.tanh(c), c
