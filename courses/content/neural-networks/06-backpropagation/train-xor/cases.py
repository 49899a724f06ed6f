import numpy as np

CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
XOR = np.array([0, 1, 1, 0])


def _run(rng, seed, turned):
    """One training run: the corners in any order, with the labels of XOR or, `turned`, their opposite."""
    order = rng.permutation(4)
    y = 1 - XOR if turned else XOR
    return {"X": CORNERS[order], "y": y[order], "points": CORNERS, "seed": seed}


def sample(rng):
    yield "XOR, first run", _run(rng, 1, turned=False)
    yield "turned, first run", _run(rng, 2, turned=True)


def edge(rng):
    for number, seed in (("second", 3), ("third", 5)):
        yield f"XOR, {number} run", _run(rng, seed, turned=False)
        yield f"turned, {number} run", _run(rng, seed + 1, turned=True)


def secret(rng):
    for number in ("fourth", "fifth"):
        for name, turned in (("XOR", False), ("turned", True)):
            yield f"{name}, {number} run", _run(rng, int(rng.integers(2**32)), turned)
