import torch


def pca(X, n_components):
    X = X.double()
    _, S, Vh = torch.linalg.svd(X - X.mean(dim=0), full_matrices=False)
    return Vh[:n_components], S[:n_components]
