"""You computed e^x / (1 + e^x) for every x, which is infinity divided by infinity for large ones. For which sign of x is this fraction the safe one?"""

import numpy as np


def stable_sigmoid(x):
    return np.exp(x) / (1.0 + np.exp(x))
