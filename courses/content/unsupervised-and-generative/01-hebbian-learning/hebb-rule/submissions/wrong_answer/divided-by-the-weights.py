"""You divided by the number of weights, not by the number of inputs. Over what does the formula average?"""

def hebb_update(w, x, lr):
    y = x @ w
    return w + lr * (y @ x) / len(w)
