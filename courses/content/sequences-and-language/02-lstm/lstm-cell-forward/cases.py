import numpy as np


def _params(rng, d, units, gates="ifgo"):
    return {
        gate: {
            "wx": rng.normal(size=(d, units)),
            "wh": rng.normal(size=(units, units)),
            "b": rng.normal(size=units),
        }
        for gate in gates
    }


def _case(rng, n, d, units, gates="ifgo"):
    return {
        "x": rng.normal(size=(n, d)),
        "h": rng.uniform(-1.0, 1.0, size=(n, units)),
        "c": 1.5 * rng.normal(size=(n, units)),
        "params": _params(rng, d, units, gates),
    }


def _with_biases(case, **biases):
    """Move the biases of the named gates."""
    params = {gate: arrays | {"b": arrays["b"] + biases.get(gate, 0.0)} for gate, arrays in case["params"].items()}
    return case | {"params": params}


def sample(rng):
    x = np.array([[1.0, -2.0, 0.5], [0.0, 1.0, 3.0]])
    h, c = np.array([[0.5, -0.5], [0.25, 0.75]]), np.array([[2.0, -1.0], [0.5, 1.5]])
    params = {
        "i": {
            "wx": np.array([[0.5, 0.0], [0.0, 1.0], [-1.0, 0.5]]),
            "wh": np.array([[1.0, 0.5], [-0.5, 0.0]]),
            "b": np.array([0.0, 0.5]),
        },
        "f": {
            "wx": np.array([[1.0, -0.5], [0.5, 0.0], [0.0, 1.0]]),
            "wh": np.array([[0.0, 1.0], [0.5, -1.0]]),
            "b": np.array([1.0, 1.0]),
        },
        "g": {
            "wx": np.array([[0.0, 0.5], [-1.0, 0.5], [0.5, 0.0]]),
            "wh": np.array([[0.5, 0.0], [1.0, 0.5]]),
            "b": np.array([-0.5, 0.25]),
        },
        "o": {
            "wx": np.array([[-0.5, 1.0], [0.5, 0.5], [0.0, -0.5]]),
            "wh": np.array([[1.0, 0.0], [0.0, -0.5]]),
            "b": np.array([0.5, 0.0]),
        },
    }
    yield "two samples, three features", {"x": x, "h": h, "c": c, "params": params}
    yield "gates in another order", _case(rng, 2, 3, 4, gates="gofi")
    yield "all is kept", _with_biases(_case(rng, 1, 2, 3), f=6.0, i=-6.0)


def edge(rng):
    yield "one number of each", _case(rng, 1, 1, 1)
    yield "as many features as units", _case(rng, 2, 3, 3)
    first = _case(rng, 3, 2, 4)
    yield "the first step", first | {"h": np.zeros((3, 4)), "c": np.zeros((3, 4))}
    second = _case(rng, 3, 2, 4)
    yield "the second step", second | {"params": first["params"]}
    third = _case(rng, 3, 2, 4)
    yield "the third step", third | {"params": first["params"], "c": 2.0 * second["c"]}
    yield "all is forgotten", _with_biases(_case(rng, 2, 4, 3), f=-8.0)
    large = _case(rng, 2, 3, 4)
    yield "a large cell state", _with_biases(large | {"c": 4.0 * large["c"]}, f=2.0, o=1.0)
    signs = np.array([[1.0, -1.0], [-1.0, 1.0], [1.0, 1.0]])
    far = _case(rng, 3, 2, 5)
    yield "inputs in the thousands", far | {"x": 3000.0 * signs}


def secret(rng):
    n, d, units = (int(size) for size in rng.permutation([2, 3, 4]))
    yield "random cell", _case(rng, n, d, units)
    yield "random order", _case(rng, d, units, n, gates="".join(rng.permutation(list("ifgo"))))
