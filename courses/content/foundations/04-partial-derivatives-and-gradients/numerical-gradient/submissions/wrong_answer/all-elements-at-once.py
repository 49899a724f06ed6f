"""You moved all elements at once, so every place holds the same number: the sum of all slopes. How many elements of the array given to f may differ from x?"""

import numpy as np


def numerical_gradient(f, x, eps=1e-5):
    return np.full(x.shape, (f(x + eps) - f(x - eps)) / (2 * eps))
