"""You returned the gradient of x as a table of one row for each sample. Which shape did x come with, and which one does the layer before yours expect?"""


def affine_backward(dout, x, w, b):
    rows = x.reshape(x.shape[0], -1)
    return dout @ w.T, rows.T @ dout, dout.sum(axis=0)
