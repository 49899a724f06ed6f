import numpy as np


def _case(logits, **options):
    return {"logits": np.asarray(logits), **options}


def sample(rng):
    yield "three classes", _case([1.0, 2.0, 3.0])
    yield "two samples", _case([[2.0, -1.0, 0.5], [0.0, 3.0, -2.0]])
    yield "down the columns", _case([[1.0, 4.0, -2.0], [3.0, 2.5, 0.0]], axis=0)
    yield "around plus 1000", _case([[1000.0, 999.0, 998.0, 990.0]], axis=1)


def edge(rng):
    yield "square table", _case([[0.5, -1.0, 2.0], [3.0, 1.5, -0.5], [-2.0, 0.0, 1.0]])
    yield "one class", _case([[3.0], [-7.0]], axis=-1)
    yield "ties", _case([[2.0, 2.0, -1.0, 2.0, -1.0]])
    yield "second axis from the end", _case(rng.normal(size=(2, 2, 2)), axis=-2)
    yield "middle axis", _case(rng.normal(size=(2, 4, 3)), axis=1)
    yield "classes of pixels", _case(rng.normal(scale=2.0, size=(2, 5, 3, 4)), axis=1)
    yield "around minus 1000", _case([-1000.0, -1001.5, -1000.5])
    yield "from minus 1000 to plus 1000", _case([[-1000.0, 1000.0, 999.0], [0.0, -1000.0, 1.0]])
    yield "rows far apart", _case([[1000.0, 1001.0, 998.5], [-1000.0, -998.0, -999.5]])
    yield "columns far apart", _case([[800.0, -900.0], [801.0, -902.0], [798.5, -901.0]], axis=0)
    yield "minus infinity is impossible", _case([[0.5, -np.inf, 1.5, -0.25], [-np.inf, -np.inf, 3.0, -np.inf]])
    yield "votes", _case([[3, 1, 0, 2], [0, 5, 1, 4]])


def secret(rng):
    rows, classes = int(rng.integers(3, 6)), int(rng.integers(7, 11))
    yield "random rows", _case(rng.normal(scale=2.0, size=(rows, classes)))
    yield "random first axis", _case(rng.normal(scale=2.0, size=(classes, rows, 2)), axis=0)
    centres = rng.permutation([-1500.0, 0.0, 1500.0])[:, None]
    yield "random large rows", _case(centres + rng.normal(scale=2.0, size=(3, classes)), axis=1)
