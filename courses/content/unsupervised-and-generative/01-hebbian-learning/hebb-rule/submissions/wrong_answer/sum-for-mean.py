"""You added the changes of all inputs up. If every input came twice, should the weights change twice as much?"""

def hebb_update(w, x, lr):
    y = x @ w
    return w + lr * (y @ x)
