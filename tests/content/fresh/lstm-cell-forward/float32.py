# Needs the tolerance of float32.
import numpy as np


def lstm_cell_forward(x, h, c, params):
    def affine(k):
        p = {name: value.astype(np.float32) for name, value in params[k].items()}
        return np.dot(x.astype(np.float32), p["wx"]) + np.dot(h.astype(np.float32), p["wh"]) + p["b"]

    def sigma(a):
        return np.float32(0.5) + np.float32(0.5) * np.tanh(np.float32(0.5) * a)

    c = sigma(affine("f")) * c.astype(np.float32) + sigma(affine("i")) * np.tanh(affine("g"))
    return sigma(affine("o")) * np.tanh(c), c
