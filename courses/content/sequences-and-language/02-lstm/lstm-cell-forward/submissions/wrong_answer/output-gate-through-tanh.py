"""You squashed the output gate with tanh, so it can show a memory with its sign turned round. Between which numbers does the answer to `how much?` lie?"""

import numpy as np


def sigmoid(a):
    return 0.5 * (1.0 + np.tanh(0.5 * a))


def lstm_cell_forward(x, h, c, params):
    i, f, g, o = (x @ params[k]["wx"] + h @ params[k]["wh"] + params[k]["b"] for k in "ifgo")
    c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return np.tanh(o) * np.tanh(c), c
