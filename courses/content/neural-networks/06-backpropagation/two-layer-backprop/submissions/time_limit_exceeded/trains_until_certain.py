import numpy as np


def two_layer_backprop(x, labels, w1, b1, w2, b2):
    loss = 1.0
    while loss > 0:
        h = np.maximum(0, x @ w1 + b1)
        logits = h @ w2 + b2
        log_p = logits - np.logaddexp.reduce(logits, axis=1, keepdims=True)
        loss = -log_p[np.arange(len(x)), labels].mean()
        dlogits = (np.exp(log_p) - np.eye(len(b2))[labels]) / len(x)
        b2 = b2 - 0.001 * dlogits.sum(axis=0)
    dh = (dlogits @ w2.T) * (h > 0)
    return loss, x.T @ dh, dh.sum(axis=0), h.T @ dlogits, dlogits.sum(axis=0)
