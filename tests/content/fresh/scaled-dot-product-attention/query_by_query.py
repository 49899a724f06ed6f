import math

import numpy as np


def attend(query, keys, values, allowed):
    weights = np.zeros(len(keys))
    chosen = [j for j in range(len(keys)) if allowed[j]]
    if chosen:
        scores = [float(np.dot(query, keys[j])) / math.sqrt(len(query)) for j in chosen]
        powers = [math.exp(score - max(scores)) for score in scores]
        for j, power in zip(chosen, powers):
            weights[j] = power / sum(powers)
    return weights @ values, weights


def scaled_dot_product_attention(q, k, v, mask=None):
    lead, T, S = q.shape[:-2], q.shape[-2], k.shape[-2]
    mask = np.broadcast_to(True if mask is None else mask, (*lead, T, S))
    out, weights = np.zeros((*lead, T, v.shape[-1])), np.zeros((*lead, T, S))
    for index in np.ndindex(*lead):
        for t in range(T):
            at = (*index, t)
            out[at], weights[at] = attend(q[at], k[index], v[index], mask[at])
    return out, weights
