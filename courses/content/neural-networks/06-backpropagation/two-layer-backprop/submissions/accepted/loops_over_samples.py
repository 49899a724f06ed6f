import math

import numpy as np


def two_layer_backprop(x, labels, w1, b1, w2, b2):
    N, D = x.shape
    H, C = w2.shape
    loss = 0.0
    dw1, db1, dw2, db2 = (np.zeros(p.shape) for p in (w1, b1, w2, b2))
    for n in range(N):
        h = [max(0.0, sum(x[n, d] * w1[d, k] for d in range(D)) + b1[k]) for k in range(H)]
        scores = [sum(h[k] * w2[k, c] for k in range(H)) + b2[c] for c in range(C)]
        top = max(scores)
        total = sum(math.exp(s - top) for s in scores)
        loss += math.log(total) + top - scores[labels[n]]
        for c in range(C):
            delta = math.exp(scores[c] - top) / total - (c == labels[n])
            db2[c] += delta / N
            for k in range(H):
                dw2[k, c] += h[k] * delta / N
                if h[k] > 0:
                    db1[k] += w2[k, c] * delta / N
                    for d in range(D):
                        dw1[d, k] += x[n, d] * w2[k, c] * delta / N
    return loss / N, dw1, db1, dw2, db2
