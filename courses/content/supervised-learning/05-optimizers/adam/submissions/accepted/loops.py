import numpy as np


class Weight:
    """The optimizer of a single number."""

    def __init__(self):
        self.t = 0
        self.m = 0.0
        self.v = 0.0

    def step(self, g, lr, beta1, beta2, eps):
        self.t += 1
        self.m = beta1 * self.m + (1 - beta1) * g
        self.v = beta2 * self.v + (1 - beta2) * g * g
        return lr * (self.m / (1 - beta1**self.t)) / ((self.v / (1 - beta2**self.t)) ** 0.5 + eps)


def adam_step(w, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    new = np.array(w, dtype=float)
    for index in np.ndindex(np.shape(w)):
        weight = state.setdefault(str(index), Weight())
        new[index] -= weight.step(float(grad[index]), lr, beta1, beta2, eps)
    return new, state
