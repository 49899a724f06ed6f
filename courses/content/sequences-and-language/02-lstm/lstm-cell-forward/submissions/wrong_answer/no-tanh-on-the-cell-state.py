"""You showed the cell state as it is, without tanh. How large can a running sum become after many steps, and how large should a hidden state be?"""

import numpy as np


def sigmoid(a):
    return 0.5 * (1.0 + np.tanh(0.5 * a))


def lstm_cell_forward(x, h, c, params):
    i, f, g, o = (x @ params[k]["wx"] + h @ params[k]["wh"] + params[k]["b"] for k in "ifgo")
    c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * c, c
