"""You returned σ(x)·(1 − σ(x)), which is the slope of the sigmoid. Which value does the sigmoid have at 0, and which its slope?"""

import numpy as np


def stable_sigmoid(x):
    d = np.exp(-np.abs(x))
    return d / (1.0 + d) ** 2
