import numpy as np


def _case(function, x, **options):
    return {"function": function, "x": np.asarray(x), **options}


def sample(rng):
    yield "sum of squares", _case("squares", [1.0, -2.0, 0.5])
    yield "neighbours in a table", _case("neighbours", [[2.0, 1.0, -1.0], [0.5, 3.0, 4.0]])
    yield "large step", _case("cubes", [1.0, -2.0], eps=0.5)
    yield "whole numbers", _case("neighbours", [3, -1, 2, 5])


def edge(rng):
    yield "one element", _case("powers of two", [1.5])
    yield "no axes", _case("powers of two", -0.75)
    yield "column", _case("neighbours", [[0.5], [-1.0], [2.0], [1.5]])
    yield "three axes", _case("product", rng.uniform(0.5, 1.5, size=(2, 3, 2)))
    yield "a valley", _case("valley", [-1.2, 1.0])
    yield "at the kinks", _case("sizes", [0.0, -1.5, 0.3, 2.0], eps=0.5)
    yield "nearer to a kink than the default step", _case("sizes", [4e-6, -7e-6, 0.3, -1.5e-5])
    yield (
        "a step of one quarter",
        _case("neighbours", [[1.25, -0.5, 4.0], [2.0, 0.75, -2.5], [-1.0, 3.0, 0.5]], eps=0.25),
    )
    yield "a function without slope", _case("constant", [[1.0, 2.0, 3.0]], eps=0.01)
    yield "a table of whole numbers", _case("squares", [[4, -7, 1, 0], [2, 5, -3, 6]])


def secret(rng):
    n, m = (int(size) for size in rng.permutation([3, 4, 5])[:2])
    yield "random vector", _case("cubes", rng.normal(size=n + 4))
    yield "random neighbours", _case("neighbours", rng.normal(size=m + 6))
    yield "random table", _case("neighbours", rng.normal(size=(n, m)))
    yield "random stack", _case("product", rng.uniform(0.6, 1.4, size=(2, n, 1)))
    yield "random step", _case("powers of two", rng.normal(size=(m, 2)), eps=float(rng.uniform(0.3, 0.6)))
    yield (
        "random step among neighbours",
        _case("neighbours", rng.normal(size=(2, m, 2)), eps=float(rng.uniform(0.3, 0.6))),
    )
