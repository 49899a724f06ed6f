"""You went through tanh, which is −1 to sixteen digits long before the probability is 0. What is left of 1 + tanh(−20) in a 64-bit float?"""

import numpy as np


def stable_sigmoid(x):
    return 0.5 * (1.0 + np.tanh(0.5 * np.asarray(x)))
