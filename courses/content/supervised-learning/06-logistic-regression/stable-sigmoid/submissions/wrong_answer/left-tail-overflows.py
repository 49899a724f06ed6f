"""You computed 1 / (1 + e^(−x)) as it stands, so e^1000 overflows on the way to the right value 0. For which sign of x is the exponent positive?"""

import numpy as np


def stable_sigmoid(x):
    return 1.0 / (1.0 + np.exp(-x))
