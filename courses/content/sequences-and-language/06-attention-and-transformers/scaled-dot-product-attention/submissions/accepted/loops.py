import math

import numpy as np


def attend(q, k, v, mask):
    T, S = len(q), len(k)
    out, weights = np.zeros((T, v.shape[1])), np.zeros((T, S))
    for i in range(T):
        allowed = [j for j in range(S) if mask[i, j]]
        if not allowed:
            continue
        scores = {j: sum(q[i, c] * k[j, c] for c in range(q.shape[1])) / math.sqrt(q.shape[1]) for j in allowed}
        largest = max(scores.values())
        total = sum(math.exp(score - largest) for score in scores.values())
        for j in allowed:
            weights[i, j] = math.exp(scores[j] - largest) / total
            for c in range(v.shape[1]):
                out[i, c] += weights[i, j] * v[j, c]
    return out, weights


def scaled_dot_product_attention(q, k, v, mask=None):
    lead, T, S = q.shape[:-2], q.shape[-2], k.shape[-2]
    mask = np.ones((*lead, T, S), dtype=bool) if mask is None else np.broadcast_to(mask, (*lead, T, S))
    out, weights = np.zeros((*lead, T, v.shape[-1])), np.zeros((*lead, T, S))
    for index in np.ndindex(lead):
        out[index], weights[index] = attend(q[index], k[index], v[index], mask[index])
    return out, weights
