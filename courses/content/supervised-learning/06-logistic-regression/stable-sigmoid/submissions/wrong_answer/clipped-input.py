"""You clipped x to a safe range first. Which two inputs far out on the left have the same result then, and should they?"""

import numpy as np


def stable_sigmoid(x):
    return 1.0 / (1.0 + np.exp(-np.clip(x, -500, 500)))
