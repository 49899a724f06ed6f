"""You returned the derivatives of the sum of the outputs and never used the numbers in dout. What should come back if the loss does not depend on an output, and its dout is 0?"""

import numpy as np


def affine_backward(dout, x, w, b):
    N = x.shape[0]
    rows = x.reshape(N, -1)
    ones = np.ones_like(dout)
    return (ones @ w.T).reshape(x.shape), rows.T @ ones, N * np.ones(b.shape)
