def k_means(X, centroids, max_iter=100):
    """Group samples around centroids.

    X: (N, D)           samples, one per row; may hold integers
    centroids: (K, D)   where the centroids begin
    max_iter            how often samples are assigned and centroids moved, at most
    Returns (centroids, labels) of shapes (K, D) and (N,).
    """
    raise NotImplementedError("k_means")
