"""You multiplied the answers by the weights instead of the inputs. Which of the two is the other partner in 'active together'?"""

def hebb_update(w, x, lr):
    y = x @ w
    return w + lr * y.mean() * w
