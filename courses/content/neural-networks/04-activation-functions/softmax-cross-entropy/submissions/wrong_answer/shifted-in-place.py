"""You subtracted the maximum with `-=`, so the caller's logits are no longer what they were. Which array does `a -= m` write to, and which one does `a - m` make?"""

import numpy as np


def softmax_cross_entropy(logits, labels):
    N = len(logits)
    logits -= logits.max(axis=1, keepdims=True)
    log_p = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
    loss = -log_p[np.arange(N), labels].mean()
    dlogits = np.exp(log_p)
    dlogits[np.arange(N), labels] -= 1
    return loss, dlogits / N
