"""You computed the gradient of the weights as dout transposed times x, which has one row for each output. Which shape has w, and what would w − lr·dw do with yours?"""


def affine_backward(dout, x, w, b):
    rows = x.reshape(x.shape[0], -1)
    dx = (dout @ w.T).reshape(x.shape)
    dw = dout.T @ rows
    db = dout.sum(axis=0)
    return dx, dw, db
