"""You multiplied by p(1 − p), the diagonal of the softmax's derivatives, so only the right class gets a gradient. What happens to the probability of the right class when the score of a wrong one goes up?"""

import numpy as np


def softmax_cross_entropy(logits, labels):
    N, C = logits.shape
    one_hot = np.eye(C)[labels]
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    p = np.exp(log_p)
    loss = -np.sum(one_hot * log_p) / N
    dp = -one_hot / np.maximum(p, 1e-300)
    return loss, dp * p * (1 - p) / N
