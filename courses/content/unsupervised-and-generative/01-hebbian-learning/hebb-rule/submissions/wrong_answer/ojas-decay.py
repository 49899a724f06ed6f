"""You subtracted the squared answer times the weights as well: that is Oja's rule, which keeps the length near 1. What does Hebb's rule say about the length?"""

def hebb_update(w, x, lr):
    y = x @ w
    return w + lr * (y @ x - (y @ y) * w) / len(x)
