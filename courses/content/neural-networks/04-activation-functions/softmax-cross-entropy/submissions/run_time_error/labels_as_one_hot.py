import numpy as np


def softmax_cross_entropy(logits, labels):
    N = labels.shape[0]
    labels = labels.reshape(N, labels.shape[1])
    log_p = logits - np.logaddexp.reduce(logits, axis=1, keepdims=True)
    return -np.sum(labels * log_p) / N, (np.exp(log_p) - labels) / N
