"""You left out the minus sign of the exponent, so that large inputs give small probabilities. Should σ(2) be above or below one half?"""

import numpy as np


def stable_sigmoid(x):
    x = -np.asarray(x, dtype=float)
    d = np.exp(-np.abs(x))
    return np.where(x >= 0, 1.0, d) / (1.0 + d)
