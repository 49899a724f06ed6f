"""You summed over the samples where the statement takes the mean, in the loss and in its gradient. What happens to both when the same batch is given twice over?"""

import numpy as np


def softmax_cross_entropy(logits, labels):
    N = len(logits)
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -log_p[np.arange(N), labels].sum()
    dlogits = np.exp(log_p)
    dlogits[np.arange(N), labels] -= 1
    return loss, dlogits
