def pca(X, n_components):
    """Find the directions along which samples vary most.

    X: (N, D)         samples, one per row; may hold integers
    n_components      how many directions, from 1 to min(N, D)
    Returns (components, explained_variance) of shapes
    (n_components, D), one unit vector per row, and (n_components,).
    """
    raise NotImplementedError("pca")
