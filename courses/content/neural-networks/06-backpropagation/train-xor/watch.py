import numpy as np

from courses.pictures import Ask, Axis, Curve, Dot, Drawn, Frame, Plane, Scene
from mlcore.datasets import moons, xor

title = "Beyond the four corners"
description = (
    "Your network is trained on harder and harder data: the four corners, then clouds of points around them, then two "
    "half moons. Each set is learned three times, with other random numbers. The shaded side is where your model "
    "answers 1; it is judged on 200 new points from the same source. It was made for four points: nobody expects it to "
    "get all of this right."
)

TRAININGS = 3
NEW = 200


def watch(rng):
    plane = Plane(
        "What your model answers", Axis("x₁", -0.6, 1.6), Axis("x₂", -0.6, 1.6), [], [], names=("0", "1"), side=24
    )
    sets = list(_sets(rng))
    total = TRAININGS * len(sets)
    score = Curve("New points with the right label", Axis("training", 1, total), "share", limits=(0.0, 1.0))
    yield Scene({"data": plane, "score": score}, ("Data", "Points to learn from", "New points right"), frames=total + 1)
    yield Frame("the start", {"Data": "none yet"}, {"data": Drawn()})

    number, shares = 0, []
    for name, (X, y), (X_new, y_new) in sets:
        for _ in range(TRAININGS):
            number += 1
            points = np.concatenate([plane.grid(), X_new])
            inputs = {"X": X, "y": y, "points": points, "seed": int(rng.integers(2**32))}
            answers = yield Ask(inputs, shapes=[(len(points),)])
            region, given = answers[: plane.side**2] > 0.5, answers[plane.side**2 :] > 0.5
            share = float((given == (y_new == 1)).mean())
            shares.append(share)
            yield Frame(
                f"training {number}",
                {"Data": name, "Points to learn from": len(X), "New points right": f"{share:.1%}"},
                {"data": Drawn(region=region, points=X, classes=y), "score": Dot(number, share)},
            )
    return f"In {sum(share > 0.9 for share in shares)} of {total} trainings more than 90% of the new points were right."


def _sets(rng):
    """Yield (name, data to learn from, new data), the new data from the same source."""
    yield "the four corners", xor(rng), xor(rng, samples=NEW)
    for noise, samples in ((0.1, 40), (0.2, 80)):
        yield f"clouds of spread {noise}", xor(rng, samples, noise), xor(rng, NEW, noise)
    yield "two half moons", _moons(rng, 80), _moons(rng, NEW)


def _moons(rng, samples):
    X, y = moons(rng, samples, noise=0.1)
    return X * 0.6 + np.array([0.2, 0.35]), y  # into the picture
