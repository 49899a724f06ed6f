"""You multiplied each input by its own weight only and never summed, so the neuron has D answers. How many numbers does one neuron answer to one input?"""

def hebb_update(w, x, lr):
    y = x * w
    return w + lr * (y * x).mean(axis=0)
