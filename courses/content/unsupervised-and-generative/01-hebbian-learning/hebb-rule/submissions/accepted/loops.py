def hebb_update(w, x, lr):
    N, D = x.shape
    delta = [0.0] * D
    for n in range(N):
        y = 0.0
        for d in range(D):
            y += x[n, d] * w[d]
        for d in range(D):
            delta[d] += y * x[n, d] / N
    return [float(w[d]) + lr * delta[d] for d in range(D)]
