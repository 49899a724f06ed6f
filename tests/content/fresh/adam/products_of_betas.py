import math

import numpy as np


class Moments:
    def __init__(self, size):
        self.m, self.v = [0.0] * size, [0.0] * size
        self.left1 = self.left2 = 1.0


def adam_step(w, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    moments = state.setdefault("moments", Moments(np.size(w)))
    moments.left1 *= beta1
    moments.left2 *= beta2
    new = []
    for i, (value, g) in enumerate(zip(np.ravel(w).tolist(), np.ravel(grad).tolist())):
        moments.m[i] = beta1 * moments.m[i] + (1 - beta1) * g
        moments.v[i] = beta2 * moments.v[i] + (1 - beta2) * g * g
        step = moments.m[i] / (1 - moments.left1) / (math.sqrt(moments.v[i] / (1 - moments.left2)) + eps)
        new.append(value - lr * step)
    return np.array(new).reshape(np.shape(w)), state
