"""You clipped x to a range of a few dozen. Which probabilities smaller than e^(−30) can your function still return?"""

import numpy as np


def stable_sigmoid(x):
    return 1.0 / (1.0 + np.exp(-np.clip(x, -30, 30)))
