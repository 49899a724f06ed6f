"""You returned the change alone. What is left of what the neuron had learned before?"""

def hebb_update(w, x, lr):
    y = x @ w
    return lr * (y @ x) / len(x)
