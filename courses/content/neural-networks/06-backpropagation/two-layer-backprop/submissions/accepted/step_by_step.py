import numpy as np


def two_layer_backprop(x, labels, w1, b1, w2, b2):
    rows = np.arange(len(x))
    z = x @ w1 + b1
    h = np.maximum(0, z)
    logits = h @ w2 + b2
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -log_p[rows, labels].mean()

    dlogits = np.exp(log_p)
    dlogits[rows, labels] -= 1
    dlogits /= len(x)
    dh = dlogits @ w2.T
    dz = dh * (z > 0)
    return {
        "loss": loss,
        "dw1": x.T @ dz,
        "db1": dz.sum(axis=0),
        "dw2": h.T @ dlogits,
        "db2": dlogits.sum(axis=0),
    }
