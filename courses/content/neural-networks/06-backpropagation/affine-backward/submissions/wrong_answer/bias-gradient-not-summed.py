"""You returned dout itself as the gradient of the bias. How many numbers does the bias have, and how many samples does each of them act on?"""


def affine_backward(dout, x, w, b):
    rows = x.reshape(x.shape[0], -1)
    dx = (dout @ w.T).reshape(x.shape)
    dw = rows.T @ dout
    db = dout
    return dx, dw, db
