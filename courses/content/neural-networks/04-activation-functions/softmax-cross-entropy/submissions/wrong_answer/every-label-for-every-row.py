"""You indexed with [:, labels], which takes the columns of all labels from every row. Which shape does that have for 4 samples, and how many numbers did you want?"""

import numpy as np


def softmax_cross_entropy(logits, labels):
    N = len(logits)
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -log_p[:, labels].mean()
    dlogits = np.exp(log_p)
    dlogits[:, labels] -= 1
    return loss, dlogits / N
