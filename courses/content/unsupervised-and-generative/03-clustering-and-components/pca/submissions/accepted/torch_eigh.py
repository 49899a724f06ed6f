# backend: torch
import torch


def pca(X, n_components):
    C = torch.atleast_2d(torch.cov(X.double().T))
    values, vectors = torch.linalg.eigh(C)
    return vectors.flip(1).T[:n_components], values.flip(0)[:n_components]
