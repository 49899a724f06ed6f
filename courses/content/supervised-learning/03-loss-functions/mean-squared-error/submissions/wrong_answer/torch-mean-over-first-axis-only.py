# backend: torch
"""You averaged over the samples only and returned one value per column. How many numbers should come out for a table of shape (N, K)?"""


def mean_squared_error(y_true, y_pred):
    return ((y_pred - y_true) ** 2).mean(dim=0)
