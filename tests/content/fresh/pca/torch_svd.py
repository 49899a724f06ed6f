# backend: torch
import torch


def pca(X, n_components):
    X = X.double()
    _, s, vh = torch.linalg.svd(X - X.mean(dim=0, keepdim=True), full_matrices=False)
    return vh[:n_components], s[:n_components].square() / (X.shape[0] - 1)
