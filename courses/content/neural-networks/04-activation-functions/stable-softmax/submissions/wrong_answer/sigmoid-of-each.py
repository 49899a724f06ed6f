"""You applied the sigmoid to each logit on its own. What do the results add up to, and does one class learn about the others?"""

import numpy as np


def stable_softmax(logits, axis=-1):
    return np.where(logits >= 0, 1.0, np.exp(-np.abs(logits))) / (1.0 + np.exp(-np.abs(logits)))
