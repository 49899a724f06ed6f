import math


def unit(weights, inputs):
    return math.tanh(sum(w * i for w, i in zip(weights, inputs)))


def run(model, x):
    hidden, out = model
    h = [unit(weights, [*x, 1.0]) for weights in hidden] + [1.0]
    return h, unit(out, h)


def train(X, y, rng):
    hidden = [[float(value) for value in rng.uniform(-1.5, 1.5, size=3)] for _ in range(8)]
    out = [float(value) for value in rng.uniform(-1.0, 1.0, size=9)]
    samples = [([float(v) for v in x], 1.0 if label else -1.0) for x, label in zip(X, y)]
    for _ in range(600):
        for x, target in samples:
            h, answer = run((hidden, out), x)
            delta = answer - target
            for k, weights in enumerate(hidden):
                back = delta * out[k] * (1 - h[k] ** 2)
                for d, value in enumerate([*x, 1.0]):
                    weights[d] -= 0.2 * back * value
            out = [w - 0.2 * delta * value for w, value in zip(out, h)]
    return hidden, out


def predict(model, X):
    return [int(run(model, [float(v) for v in x])[1] > 0) for x in X]
