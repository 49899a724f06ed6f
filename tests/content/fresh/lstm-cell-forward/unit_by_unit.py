import math


def sigmoid(a):
    return 0.5 * (1 + math.tanh(a / 2))


def lstm_cell_forward(x, h, c, params):
    N, H = h.shape
    new_h, new_c = [], []
    for n in range(N):
        row_h, row_c = [], []
        for j in range(H):
            a = {}
            for gate, p in params.items():
                a[gate] = p["b"][j]
                a[gate] += sum(x[n, d] * p["wx"][d, j] for d in range(x.shape[1]))
                a[gate] += sum(h[n, d] * p["wh"][d, j] for d in range(H))
            memory = sigmoid(a["f"]) * c[n, j] + sigmoid(a["i"]) * math.tanh(a["g"])
            row_c.append(memory)
            row_h.append(sigmoid(a["o"]) * math.tanh(memory))
        new_h.append(row_h)
        new_c.append(row_c)
    return new_h, new_c
