"""You used the answer twice in the product. With which sign should a weight change if its input is positive and the answer negative?"""

def hebb_update(w, x, lr):
    y = x @ w
    return w + lr * (y**2) @ x / len(x)
