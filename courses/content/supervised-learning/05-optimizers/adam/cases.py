import numpy as np


def _case(w, grads, **options):
    return {"w": np.asarray(w), "grads": np.asarray(grads), **options}


def _gradients(rng, *shape):
    """Neither large nor small, of either sign."""
    return rng.uniform(0.4, 3.0, size=shape) * rng.choice([-1.0, 1.0], size=shape)


def sample(rng):
    yield "three steps", _case([1.0, -2.0], [[0.5, -4.0], [1.5, -1.0], [-1.0, -2.0]], lr=0.1)
    yield "defaults", _case([0.5, 1.0, -1.5], [[2.0, -0.5, 1.0], [1.0, 0.5, 3.0], [-3.0, 0.5, 2.0], [1.0, 1.0, -1.0]])
    yield "some gradients are always zero", _case([3.0, -1.0], [[0.0, 2.0], [0.0, -1.0], [0.0, 0.5]], lr=0.2)


def edge(rng):
    yield "no axes", _case(1.5, [-0.7, 1.2, 0.4, -2.0], lr=0.05)
    yield "a table of weights", _case(rng.normal(size=(2, 3)), _gradients(rng, 5, 2, 3), lr=0.1)
    yield "other betas", _case(rng.normal(size=4), _gradients(rng, 6, 4), lr=0.1, beta1=0.5, beta2=0.8)
    yield "without momentum", _case(rng.normal(size=3), _gradients(rng, 4, 3), lr=0.1, beta1=0.0, beta2=0.9)
    yield "a gradient that turns round", _case([0.0, 1.0], [[2.0, 1.0]] * 3 + [[-2.0, -3.0]] * 4, lr=0.3)
    yield "twelve steps", _case(rng.normal(size=(3, 1)), _gradients(rng, 12, 3, 1), lr=0.02)
    later = np.concatenate([np.zeros((1, 3)), _gradients(rng, 4, 3)])
    yield "the first gradient is zero", _case([1.0, -1.0, 0.5], later, lr=0.1)
    small = np.array([[3e-4, -2e-4, 4e-4], [2e-4, -5e-4, -3e-4], [4e-4, -2e-4, 5e-4]])
    yield "small gradients", _case(np.zeros(3), small, lr=0.1)
    large = np.array([[1.1, -0.9], [0.8, -1.3], [1.4, -1.0]])
    yield "a large eps", _case(np.zeros(2), large, lr=0.1, beta2=0.1, eps=0.02)
    tiny = np.array([[3e-7, -2e-7], [4e-7, -5e-7], [2e-7, -3e-7]])
    yield "tiny gradients", _case(np.zeros(2), tiny, lr=0.1, beta2=0.05)
    yield "whole numbers", _case([2, -3, 1, 0], [[1, -2, 3, 1], [2, 1, -1, 4], [-3, 2, 2, 1]], lr=0.25)


def secret(rng):
    n, steps = int(rng.integers(4, 8)), int(rng.integers(9, 12))
    yield "random weights", _case(rng.normal(size=n), _gradients(rng, steps, n), lr=float(rng.uniform(0.02, 0.2)))
    betas = {"beta1": float(rng.uniform(0.2, 0.7)), "beta2": float(rng.uniform(0.5, 0.9))}
    yield "random betas", _case(rng.normal(size=(n, 2)), _gradients(rng, steps - 4, n, 2), lr=0.1, **betas)
    small = rng.uniform(2e-4, 5e-4, size=(4, n)) * np.where(np.arange(n) % 2, 1.0, -1.0)
    yield "random small gradients", _case(np.zeros(n), small, lr=0.1)
