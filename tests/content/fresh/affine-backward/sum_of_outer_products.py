import numpy as np


class Affine:
    def __init__(self, w):
        self.w = np.asarray(w)

    def backward(self, dout, x):
        rows = [np.ravel(sample) for sample in x]
        dw = sum(np.outer(row, upstream) for row, upstream in zip(rows, dout))
        dx = np.array([self.w.dot(upstream).reshape(sample.shape) for sample, upstream in zip(x, dout)])
        return {"dx": dx, "dw": dw, "db": np.ones(len(dout)) @ dout}


def affine_backward(dout, x, w, b):
    return Affine(w).backward(dout, x)
