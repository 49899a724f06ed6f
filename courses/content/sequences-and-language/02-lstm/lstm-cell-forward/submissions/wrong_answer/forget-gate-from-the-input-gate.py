"""You used 1 minus the input gate for the forget gate, which ties what is kept to what is added. Which weights of its own does the forget gate have?"""

import numpy as np


def sigmoid(a):
    return 0.5 * (1.0 + np.tanh(0.5 * a))


def lstm_cell_forward(x, h, c, params):
    i, g, o = (x @ params[k]["wx"] + h @ params[k]["wh"] + params[k]["b"] for k in "igo")
    c = (1.0 - sigmoid(i)) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(c), c
