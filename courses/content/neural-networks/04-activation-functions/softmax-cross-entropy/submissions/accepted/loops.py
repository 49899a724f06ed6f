import math

import numpy as np


def softmax_cross_entropy(logits, labels):
    N, C = logits.shape
    loss = 0.0
    dlogits = np.zeros((N, C))
    for n in range(N):
        top = max(logits[n])
        total = 0.0
        for k in range(C):
            total += math.exp(logits[n, k] - top)
        loss += top + math.log(total) - logits[n, labels[n]]
        for k in range(C):
            dlogits[n, k] = math.exp(logits[n, k] - top) / total
            if k == labels[n]:
                dlogits[n, k] -= 1
    return loss / N, dlogits / N
