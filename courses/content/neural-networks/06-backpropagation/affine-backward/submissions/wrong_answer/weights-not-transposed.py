"""You multiplied dout by w as it is on the way back. The forward pass goes from D numbers to M: which shape has the matrix that goes from M to D?"""


def affine_backward(dout, x, w, b):
    rows = x.reshape(x.shape[0], -1)
    dx = (dout @ w).reshape(x.shape)
    dw = rows.T @ dout
    db = dout.sum(axis=0)
    return dx, dw, db
