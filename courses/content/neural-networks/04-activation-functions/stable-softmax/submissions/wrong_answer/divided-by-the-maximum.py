"""You scaled the logits down by dividing them by the largest one. Which of the two leaves every ratio of exponentials as it was: dividing all logits by a number, or subtracting one from them?"""

import numpy as np


def stable_softmax(logits, axis=-1):
    scaled = logits / np.max(np.abs(logits), axis=axis, keepdims=True)
    powers = np.exp(scaled)
    return powers / powers.sum(axis=axis, keepdims=True)
