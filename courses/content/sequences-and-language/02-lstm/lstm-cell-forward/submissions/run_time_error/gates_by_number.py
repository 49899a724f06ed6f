import numpy as np


def lstm_cell_forward(x, h, c, params):
    i, f, g, o = (x @ params[k]["wx"] + h @ params[k]["wh"] + params[k]["b"] for k in range(4))
    sigmoid = lambda z: 1 / (1 + np.exp(-z))
    c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(c), c
