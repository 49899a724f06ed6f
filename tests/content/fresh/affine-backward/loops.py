import numpy as np


def affine_backward(dout, x, w, b):
    N, M = dout.shape
    D = w.shape[0]
    flat = np.reshape(x, (N, D))
    dx, dw, db = np.zeros((N, D)), np.zeros((D, M)), np.zeros(M)
    for n in range(N):
        for m in range(M):
            db[m] += dout[n, m]
            for d in range(D):
                dx[n, d] += dout[n, m] * w[d, m]
                dw[d, m] += dout[n, m] * flat[n, d]
    return dx.reshape(np.shape(x)), dw, db
