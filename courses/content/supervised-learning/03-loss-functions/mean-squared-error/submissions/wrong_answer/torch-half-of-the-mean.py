# backend: torch
"""You computed half of the mean, as in the objective 1/(2N) Σ that is convenient for gradients. What is the mean of the four squares in the statement's example?"""


def mean_squared_error(y_true, y_pred):
    return ((y_pred - y_true) ** 2).mean() / 2
