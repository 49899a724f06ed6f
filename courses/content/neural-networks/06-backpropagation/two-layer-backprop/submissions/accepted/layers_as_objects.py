import numpy as np


class Affine:
    def __init__(self, w, b):
        self.w, self.b = w, b

    def forward(self, x):
        self.x = x
        return x @ self.w + self.b

    def backward(self, dout):
        self.dw, self.db = self.x.T @ dout, np.sum(dout, axis=0)
        return dout @ self.w.T


class ReLU:
    def forward(self, x):
        self.out = np.where(x > 0, x, 0.0)
        return self.out

    def backward(self, dout):
        dout = dout.copy()
        dout[self.out == 0] = 0
        return dout


class SoftmaxLoss:
    def forward(self, z, y):
        self.y = y
        z = z - z.max(axis=1, keepdims=True)
        e = np.exp(z)
        s = e.sum(axis=1)
        self.p = e / s[:, None]
        return float(np.mean(np.log(s) - z[np.arange(len(y)), y]))

    def backward(self):
        d = self.p.copy()
        d[np.arange(len(self.y)), self.y] -= 1
        return d / len(self.y)


def two_layer_backprop(x, labels, w1, b1, w2, b2):
    first, relu, second, head = Affine(w1, b1), ReLU(), Affine(w2, b2), SoftmaxLoss()
    loss = head.forward(second.forward(relu.forward(first.forward(x))), labels)
    first.backward(relu.backward(second.backward(head.backward())))
    return {"loss": loss, "dw1": first.dw, "db1": first.db, "dw2": second.dw, "db2": second.db}
