"""You subtracted the change, as if there were an error to make smaller. Should a weight grow or shrink when its input and the answer are both positive?"""

def hebb_update(w, x, lr):
    y = x @ w
    return w - lr * (y @ x) / len(x)
