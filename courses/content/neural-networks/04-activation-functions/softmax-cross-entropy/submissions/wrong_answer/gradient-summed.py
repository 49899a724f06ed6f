"""Your loss is a mean over the samples, but your gradient is that of their sum. By how much does one sample's logit move a mean of N losses?"""

import numpy as np


def softmax_cross_entropy(logits, labels):
    N = len(logits)
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -log_p[np.arange(N), labels].mean()
    dlogits = np.exp(log_p)
    dlogits[np.arange(N), labels] -= 1
    return loss, dlogits
