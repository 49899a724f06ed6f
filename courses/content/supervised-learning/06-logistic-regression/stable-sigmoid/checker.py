import numpy as np


def silent(inputs, got, want):
    if not np.allclose(got["result"], want["result"], rtol=1e-6, atol=1e-9):
        return "The values are wrong; how they came about was not looked at."
    if got["warned"]:
        return "The values are right, but NumPy warned on the way to them of an overflow or an invalid value."
    return ""
