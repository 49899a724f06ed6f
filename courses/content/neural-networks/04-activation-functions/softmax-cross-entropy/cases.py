import numpy as np


def _case(logits, labels):
    return {"logits": np.asarray(logits), "labels": np.asarray(labels)}


def _random(rng, samples, classes, scale=2.0):
    return _case(rng.normal(scale=scale, size=(samples, classes)), rng.integers(0, classes, size=samples))


def sample(rng):
    yield "one sample", _case([[1.0, 2.0, 3.0]], [1])
    yield "two samples", _case([[2.0, -1.0, 0.5, 1.0], [0.0, 3.0, -2.0, 0.5]], [0, 3])
    yield "sure and wrong", _case([[1000.0, -1000.0, 0.0], [-1.0, 2.0, 0.5]], [1, 2])


def edge(rng):
    yield "four samples, three classes", _case(rng.normal(scale=2.0, size=(4, 3)), [2, 0, 2, 1])
    yield "as many samples as classes", _case(rng.normal(scale=2.0, size=(3, 3)), [1, 1, 0])
    yield "one class", _case([[3.0], [-7.0], [0.0]], [0, 0, 0])
    yield "all of one class", _case(rng.normal(size=(5, 2)), [1, 1, 1, 1, 1])
    yield "around plus 1000", _case([[1000.0, 998.5, 999.0], [1001.0, 1000.5, 1002.0]], [1, 0])
    yield "around minus 1000", _case([[-1000.0, -1001.5, -1000.5], [-999.0, -998.0, -1000.0]], [2, 1])
    yield "from minus 1000 to plus 1000", _case([[-1000.0, 1000.0, 999.0], [0.0, -1000.0, 1000.0]], [2, 0])
    yield "rows far apart", _case([[1000.0, 1001.0, 998.5, 1000.5], [-1000.0, -998.0, -999.5, -999.0]], [0, 3])
    yield "votes", _case([[3, 1, 0, 2], [0, 5, 1, 4], [2, 2, 6, 1]], [0, 3, 1])


def secret(rng):
    samples, classes = (int(size) for size in rng.permutation([3, 4, 5, 6])[:2])
    yield "random batch", _random(rng, samples, classes)
    centres = rng.permutation([-1500.0, 0.0, 1500.0])[:, None]
    wide = _random(rng, 3, classes, scale=3.0)
    yield "random large batch", wide | {"logits": wide["logits"] + centres}
