import numpy as np


def affine_backward(dout, x, w, b):
    N, M = dout.shape
    D = w.shape[0]
    X = x.reshape(N, D)
    dx, dw, db = np.zeros((N, D)), np.zeros((D, M)), np.zeros(M)
    for n in range(N):
        for m in range(M):
            for d in range(D):
                dx[n, d] += dout[n, m] * w[d, m]
                dw[d, m] += dout[n, m] * X[n, d]
            db[m] += dout[n, m]
    return dx.reshape(x.shape), dw, db
