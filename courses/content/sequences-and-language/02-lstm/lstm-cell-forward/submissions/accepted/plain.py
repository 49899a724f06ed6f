import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def lstm_cell_forward(x, h, c, params):
    def gate(name, f):
        p = params[name]
        return f(np.dot(x, p["wx"]) + np.dot(h, p["wh"]) + p["b"])

    i, f, o = gate("i", sigmoid), gate("f", sigmoid), gate("o", sigmoid)
    g = gate("g", np.tanh)
    c_next = f * c + i * g
    h_next = o * np.tanh(c_next)
    return h_next, c_next
