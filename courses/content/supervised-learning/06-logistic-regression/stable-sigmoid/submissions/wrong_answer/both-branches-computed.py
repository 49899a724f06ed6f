"""You chose between the two fractions with `where`, after both had been computed for every element. What does the fraction that is not taken do at x = 1000?"""

import numpy as np


def stable_sigmoid(x):
    x = np.asarray(x, dtype=float)
    return np.where(x >= 0, 1 / (1 + np.exp(-x)), np.exp(x) / (1 + np.exp(x)))
