import math

import numpy as np


def sigmoid(z):
    return 1 / (1 + math.exp(-z)) if z >= 0 else math.exp(z) / (1 + math.exp(z))


def lstm_cell_forward(x, h, c, params):
    N, D = x.shape
    H = h.shape[1]
    new_h, new_c = np.empty((N, H)), np.empty((N, H))
    for n in range(N):
        for unit in range(H):
            a = {}
            for name, p in params.items():
                a[name] = p["b"][unit]
                for d in range(D):
                    a[name] += x[n, d] * p["wx"][d, unit]
                for k in range(H):
                    a[name] += h[n, k] * p["wh"][k, unit]
            new_c[n, unit] = sigmoid(a["f"]) * c[n, unit] + sigmoid(a["i"]) * math.tanh(a["g"])
            new_h[n, unit] = sigmoid(a["o"]) * math.tanh(new_c[n, unit])
    return new_h.tolist(), new_c.tolist()
