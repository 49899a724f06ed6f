"""You took the mean over a whole one-hot table, so you divided by the number of classes as well. How many terms of that table are not zero?"""

import numpy as np


def softmax_cross_entropy(logits, labels):
    one_hot = np.eye(logits.shape[1])[labels]
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = np.mean(-one_hot * log_p)
    return loss, (np.exp(log_p) - one_hot) / one_hot.size
