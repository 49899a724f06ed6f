"""You returned the slopes in one long row. Which shape must a gradient have so that it can be subtracted from x?"""

import numpy as np


def numerical_gradient(f, x, eps=1e-5):
    slopes = []
    for i in np.ndindex(x.shape):
        hi, lo = x.astype(float), x.astype(float)
        hi[i] += eps
        lo[i] -= eps
        slopes.append((f(hi) - f(lo)) / (2 * eps))
    return np.array(slopes)
