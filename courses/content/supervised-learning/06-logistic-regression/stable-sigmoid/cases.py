import numpy as np


def _case(x):
    return {"x": np.asarray(x)}


def sample(rng):
    yield "around zero", _case([0.0, 1.0, -1.0, 2.5, -2.5])
    yield "small probabilities", _case([-14.3, -17.9, -20.6, -30.0, -36.5, -40.0, -75.0])
    yield "plus and minus 1000", _case([1000.0, -1000.0, 3.0, 800.0, -800.0, -1.5])


def edge(rng):
    yield "no axes", _case(-0.75)
    yield "one element", _case([[4.0]])
    yield "nearly the smallest floats", _case([-690.0, -501.5, -600.25, -350.0, -99.0, -700.0, -45.5])
    yield "both tails in a table", _case([[-700.5, 900.0, -38.0], [0.25, -60.0, 710.5], [-520.0, 41.0, 37.0]])
    yield "infinities", _case([-np.inf, 0.5, np.inf, -3.0, -np.inf, np.inf])
    yield "whole numbers", _case([[3, -2, 0], [-7, 1, 12]])


def secret(rng):
    shape = tuple(int(size) for size in rng.permutation([2, 3, 5]))
    yield "random table", _case(rng.normal(scale=2.0, size=shape))
    far, near = rng.uniform(-700.0, -40.0, size=(2, shape[0])), rng.uniform(-30.0, -12.0, size=(2, shape[1]))
    yield "random left tail", _case(np.concatenate([far, near], axis=1))
    far = rng.uniform(720.0, 1e5, size=(shape[0], 4)) * np.array([1.0, -1.0, 1.0, -1.0])
    yield "random far out", _case(np.concatenate([far, rng.normal(size=far.shape)], axis=1))
    yield "random infinities", _case(rng.permutation(np.concatenate([[-np.inf, np.inf, -np.inf], rng.normal(size=5)])))
    yield "random whole numbers", _case(rng.integers(-9, 10, size=(shape[1], 3)))
