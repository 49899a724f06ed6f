import math


def stable_softmax(logits, axis=-1):
    powers = math.exp(logits - logits.max())
    return powers / sum(powers)
