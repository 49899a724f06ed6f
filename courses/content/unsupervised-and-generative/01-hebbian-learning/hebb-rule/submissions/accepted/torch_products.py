# backend: torch
def hebb_update(w, x, lr):
    w, x = w.double(), x.double()
    y = x @ w
    return w + lr * (y[:, None] * x).mean(dim=0)
