"""You laid out x as (-1, N), which cuts rows across the samples. Which numbers stand in the first row of np.arange(6).reshape(2, 3).reshape(-1, 2), and which belong to the first sample?"""


def affine_backward(dout, x, w, b):
    N = x.shape[0]
    columns = x.reshape(-1, N)
    dx = (dout @ w.T).reshape(x.shape)
    dw = columns @ dout
    db = dout.sum(axis=0)
    return dx, dw, db
