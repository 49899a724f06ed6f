"""Attention: queries look up values by how well the keys fit. Formulas and sources: `mlcore.numpy.attention`."""

import math

import torch
from torch import Tensor


def scaled_dot_product_attention(q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
    """Mix v (..., S, d_v) by the fit of q (..., T, d_k) to k (..., S, d_k): out (..., T, d_v), weights (..., T, S)."""
    q, k, v = q.double(), k.double(), v.double()
    scores = q @ k.transpose(-1, -2) / math.sqrt(q.shape[-1])  # (..., T, S)
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    lowest = torch.finfo(torch.float64).min
    peak = scores.detach().amax(dim=-1, keepdim=True).clamp(min=lowest)  # it cancels, and so does its gradient
    powers = torch.exp(scores - peak)
    weights = powers / powers.sum(dim=-1, keepdim=True).clamp(min=1.0)
    return weights @ v, weights
