import numpy as np


class Attention:
    def __init__(self, dimension):
        self.scale = 1.0 / np.sqrt(dimension)

    def scores(self, q, k, mask):
        s = self.scale * np.matmul(q, np.moveaxis(k, -1, -2))
        return s if mask is None else np.where(mask, s, np.finfo(float).min)

    def weights(self, q, k, mask):
        s = self.scores(q, k, mask)
        e = np.exp(s - s.max(axis=-1)[..., None])
        w = e / e.sum(axis=-1)[..., None]
        return w if mask is None else w * mask  # only rows without any key still have to be emptied


def scaled_dot_product_attention(q, k, v, mask=None):
    w = Attention(k.shape[-1]).weights(q, k, mask)
    return {"weights": w, "out": np.matmul(w, v)}
