"""You added the candidate as it came, without tanh. Between which two numbers should new content lie before the input gate weighs it?"""

import numpy as np


def sigmoid(a):
    return 0.5 * (1.0 + np.tanh(0.5 * a))


def lstm_cell_forward(x, h, c, params):
    i, f, g, o = (x @ params[k]["wx"] + h @ params[k]["wh"] + params[k]["b"] for k in "ifgo")
    c = sigmoid(f) * c + sigmoid(i) * g
    return sigmoid(o) * np.tanh(c), c
