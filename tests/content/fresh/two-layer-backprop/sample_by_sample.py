import numpy as np


def two_layer_backprop(x, labels, w1, b1, w2, b2):
    total = {"loss": 0.0, "dw1": 0.0, "db1": 0.0, "dw2": 0.0, "db2": 0.0}
    for row, label in zip(x, labels):
        z = w1.T @ row + b1
        h = np.array([value if value > 0 else 0.0 for value in z])
        scores = w2.T @ h + b2
        top = max(scores)
        log_sum = top + np.log(sum(np.exp(score - top) for score in scores))
        delta2 = np.exp(scores - log_sum)
        delta2[label] -= 1
        delta1 = np.array([d if value > 0 else 0.0 for d, value in zip(w2 @ delta2, z)])
        total["loss"] += log_sum - scores[label]
        total["dw1"] = total["dw1"] + np.outer(row, delta1)
        total["db1"] = total["db1"] + delta1
        total["dw2"] = total["dw2"] + np.outer(h, delta2)
        total["db2"] = total["db2"] + delta2
    return {key: value / len(x) for key, value in total.items()}
