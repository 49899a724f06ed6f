import numpy as np


def softmax_cross_entropy(logits, labels):
    N = len(logits)
    while not np.isfinite(np.exp(logits)).all():
        logits = logits - 1e-14
    log_p = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
    dlogits = np.exp(log_p)
    dlogits[np.arange(N), labels] -= 1
    return -log_p[np.arange(N), labels].mean(), dlogits / N
