"""You added the mean of the products in full, without the learning rate. How far should the weights move if lr is 0?"""

def hebb_update(w, x, lr):
    y = x @ w
    return w + (y @ x) / len(x)
