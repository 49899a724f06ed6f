import numpy as np


def _case(w, x, lr):
    return {"w": np.asarray(w), "x": np.asarray(x), "lr": float(lr)}


def sample(rng):
    yield "one input", _case([0.5, -0.2, 0.1], [[1.0, 2.0, -1.5]], 0.1)
    yield "three inputs", _case([0.3, 0.6], [[1.0, 0.5], [-2.0, 1.5], [0.4, -1.0]], 0.2)
    yield "negative output", _case([-0.4, 0.3], [[1.5, -2.0]], 0.5)


def edge(rng):
    yield "silent neuron", _case([1.0, 2.0, -1.0], [[3.1, -0.8, 1.5]], 0.3)
    yield "one weight", _case([0.7], [[1.2], [-0.4], [2.3], [0.9]], 0.1)
    yield "as many inputs as weights", _case(rng.normal(size=3), rng.normal(size=(3, 3)), 0.4)
    x = rng.normal(size=(2, 4))
    yield "inputs that cancel", _case(rng.normal(size=4), np.concatenate([x, -x]), 0.15)
    yield "the same input twice", _case(rng.normal(size=5), np.repeat(rng.normal(size=(1, 5)), 2, axis=0), 0.35)
    yield "large learning rate", _case(rng.normal(size=3), rng.normal(size=(5, 3)), 7.5)
    yield "tiny weights", _case(1e-4 * rng.normal(size=4), rng.normal(size=(6, 4)), 0.05)
    yield "counted spikes", _case([0.25, -0.1, 0.4], [[3, 0, 1], [1, 2, 0], [0, 4, 2], [5, 1, 1]], 0.02)
    yield "whole weights", _case([2, -1, 3], [[1, 0, 1], [2, 1, 0], [0, 1, 1], [1, 1, 2], [0, 3, 1]], 0.3)
    yield "whole weights, one input", _case([1, -2, 4, 3], [[2, 1, 1, 3]], 0.15)


def secret(rng):
    n, d = (int(size) for size in rng.permutation([4, 5, 6])[:2])
    lr = rng.uniform(0.05, 0.5)
    yield "one random input", _case(rng.normal(size=d), rng.normal(size=(1, d)), lr)
    yield "a random batch", _case(rng.normal(size=d), rng.normal(0.5, 1.0, size=(n, d)), lr)
    yield "a random wide batch", _case(rng.normal(size=2 * d), rng.normal(size=(3, 2 * d)), lr)
    yield "a random tall batch", _case(rng.normal(size=3), rng.normal(scale=2.0, size=(5 * n, 3)), lr)
