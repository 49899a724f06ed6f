import numpy as np


class Gate:
    def __init__(self, wx, wh, b, squash):
        self.wx, self.wh, self.b, self.squash = wx, wh, b, squash

    def __call__(self, x, h):
        return self.squash(np.einsum("nd,dh->nh", x, self.wx) + np.einsum("nk,kh->nh", h, self.wh) + self.b)


class Cell:
    def __init__(self, params):
        sigmoid = lambda z: np.exp(-np.logaddexp(0, -z))
        self.gates = {name: Gate(**p, squash=np.tanh if name == "g" else sigmoid) for name, p in params.items()}

    def step(self, x, h, c):
        value = {name: gate(x, h) for name, gate in self.gates.items()}
        c = value["f"] * c + value["i"] * value["g"]
        return value["o"] * np.tanh(c), c


def lstm_cell_forward(x, h, c, params):
    return Cell(params).step(x, h, c)
