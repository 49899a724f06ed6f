"""You added the mean input itself, whatever the neuron answered. What should an input do to which the neuron stays silent?"""

def hebb_update(w, x, lr):
    return w + lr * x.mean(axis=0)
