import numpy as np

CORNERS = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]


def _case(X, y, X_new, **options):
    return {"X": np.asarray(X, dtype=float), "y": np.asarray(y), "X_new": np.asarray(X_new, dtype=float), **options}


def sample(rng):
    X = [[1.0], [8.0], [2.0], [5.0], [3.0], [6.0]]
    yield "one feature", _case(X, [0, 1, 0, 1, 0, 1], [[0.0], [3.5], [4.0], [4.5], [9.0]])
    X = [[3.0, 1.0], [1.0, 6.0], [7.0, 5.0], [2.0, 8.0], [8.0, 2.0], [6.0, 7.0], [9.0, 9.0]]
    yield (
        "two features, three labels",
        _case(X, [1, 1, 2, 1, 3, 2, 2], [[5.0, 1.0], [4.0, 9.0], [7.0, 3.0], [8.0, 4.0]]),
    )
    yield "exclusive or", _case(CORNERS, [0, 1, 1, 0], CORNERS)


def edge(rng):
    line = np.linspace(-1.0, 9.0, 21)[:, None]
    yield "one sample", _case([[2.0, -1.0]], [4], [[2.0, -1.0], [9.0, 3.0]])
    yield "one label only", _case([[1.0], [2.0], [4.0]], [7, 7, 7], line)
    yield (
        "equal inputs, different labels",
        _case([[1.0, 2.0]] * 5, [3, 1, 3, 1, 3], [[0.0, 0.0], [1.0, 2.0], [5.0, 5.0]]),
    )
    yield "as many of each label", _case([[2.0]] * 4 + [[5.0]], [6, 1, 1, 6, 9], line)
    y = [40, 40, -7, -7, -7, 4099]
    yield "labels that are no indices", _case([[1.0], [2.0], [3.0], [4.5], [6.0], [7.0]], y, line)
    X, y = _drawn(rng, 20, 2, [-1, 1])
    yield "minus one and plus one", _case(X, y, _around(rng, X))

    eight = np.array([[0.0, 0.0], [0.0, 3.0], [2.0, 0.0], [2.0, 3.0]] * 2)
    yield "exclusive or of eight", _case(eight, [5, 2, 2, 5] * 2, eight)
    beside = np.concatenate([np.column_stack([CORNERS, np.zeros(4)]), np.tile([0.0, 0.0, 1.0], (4, 1))])
    yield "exclusive or beside a clear group", _case(beside, [1, 2, 2, 1, 3, 3, 3, 3], beside)

    X = np.array([[1.0, 10.0], [2.0, 20.0], [3.0, 30.0], [4.0, 40.0]])
    crossed = [[a, b] for a in (0.0, 1.5, 2.5, 5.0) for b in (5.0, 25.0, 45.0)]
    yield "two features that tell the same", _case(X, [0, 0, 1, 1], crossed)
    yield "two thresholds as good", _case([[1.0], [2.0], [3.0], [4.0]], [0, 1, 1, 0], line, max_depth=1)
    steps = np.arange(8.0)[:, None]
    yield "questions on the threshold", _case(2 * steps, [0, 0, 1, 1, 2, 2, 2, 0], 2 * steps + 1)

    neighbours = [[1.0], [np.nextafter(1.0, 2.0)]]  # with no number between them: their midpoint is rounded to 1.0
    yield "a midpoint that is a value", _case(neighbours, [0, 1], neighbours)

    # Entropy, the rate of errors and impurities without weights would each prefer another split.
    ten, all_over = np.arange(10.0), [[a, b] for a in np.arange(-0.5, 10.0, 1.5) for b in np.arange(-0.8, 10.0, 0.9)]
    X = np.column_stack([ten, [4, 0, 9, 2, 8, 6, 7, 3, 1, 5]])
    yield "a close call", _case(X, [2, 3, 1, 1, 1, 2, 2, 2, 2, 1], all_over, max_depth=1)
    X = np.column_stack([ten, [3, 4, 6, 9, 1, 7, 5, 2, 0, 8]])
    yield "another close call", _case(X, [1, 2, 2, 1, 1, 1, 2, 3, 3, 1], all_over, max_depth=1)

    X, y = _drawn(rng, 30, 3, [0, 1, 2])
    new = _around(rng, X)
    yield "no question allowed", _case(X, y, new, max_depth=0)
    yield "one question", _case(X, y, new, max_depth=1)
    yield "three questions in a row", _case(X, y, new, max_depth=3)
    yield "eight samples to be split", _case(steps, [0, 0, 1, 0, 2, 2, 1, 1], line, min_samples_split=8)
    yield "large nodes only", _case(X, y, new, min_samples_split=7)
    yield "both limits", _case(X, y, new, max_depth=4, min_samples_split=5)


def secret(rng):
    X, y = _drawn(rng, 24, 2, [0, 1])
    yield "a random tree", _case(X, y, _around(rng, X))
    X, y = _drawn(rng, 30, 3, [2, 5, 3])
    yield "a random tree of three labels", _case(X, y, _around(rng, X))
    yield "a random stump", _case(X, y, _around(rng, X), max_depth=1)
    yield "a random small tree", _case(X, y, _around(rng, X), max_depth=3)
    yield "a random coarse tree", _case(X, y, _around(rng, X), min_samples_split=9)


def _around(rng, X):
    """Points near the samples and far from them."""
    near = X[rng.integers(len(X), size=40)] + rng.normal(scale=0.3, size=(40, X.shape[1]))
    return np.concatenate([near, rng.normal(scale=1.5, size=(20, X.shape[1]))])


def _drawn_X(rng, n, features):
    return rng.normal(size=(n, features)) * np.arange(1, features + 1)


def _drawn(rng, n, features, labels):
    """Samples whose tree is the same for whoever rounds in another way: no split is as good as another by chance."""
    while True:
        X = _drawn_X(rng, n, features)
        scores = X @ rng.normal(size=(features, len(labels))) + rng.normal(size=(n, len(labels)))
        y = np.array(labels)[scores.argmax(axis=1)]
        if _is_clear(X, y):
            return X, y


def _is_clear(X, y):
    """Whether equally good splits leave equal counts, or pure nodes: then rounding cannot choose between them."""
    labels, total = np.unique(y, return_counts=True)
    if len(labels) == 1:
        return True
    order = np.argsort(X, axis=0)
    left = np.cumsum(y[order.T][..., None] == labels, axis=1)[:, :-1].reshape(-1, len(labels))  # feature by feature
    right = total - left
    score = sum((side**2).sum(axis=1) / side.sum(axis=1) for side in (left, right))  # larger where gini is smaller
    ties = np.flatnonzero(score > score.max() - 1e-9)
    first = ties[0]
    equal = (left[ties] == left[first]).all(axis=1)
    if 1 in ((left[first] > 0).sum(), (right[first] > 0).sum()):  # with gini 0, which is exact
        equal |= (left[ties] == right[first]).all(axis=1)
    is_pure, gains = score.max() > len(y) - 1e-9, score.max() > (total**2).sum() / len(y) + 1e-9
    if not gains or not (is_pure or equal.all()):
        return False
    feature, gap = divmod(first, len(y) - 1)
    goes_left = X[:, feature] <= X[order[gap, feature], feature]
    return _is_clear(X[goes_left], y[goes_left]) and _is_clear(X[~goes_left], y[~goes_left])
