import numpy as np


def max_pool_backward(dout, x, size, stride):
    N, C, OH, OW = dout.shape
    dx = np.zeros(x.shape)
    for n in range(N):
        for c in range(C):
            for i in range(OH):
                for j in range(OW):
                    best_row, best_column = i * stride, j * stride
                    for row in range(i * stride, i * stride + size):
                        for column in range(j * stride, j * stride + size):
                            if x[n, c, row, column] > x[n, c, best_row, best_column]:
                                best_row, best_column = row, column
                    dx[n, c, best_row, best_column] += dout[n, c, i, j]
    return dx
