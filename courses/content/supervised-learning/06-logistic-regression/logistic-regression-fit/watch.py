import numpy as np

from courses.pictures import Ask, Axis, Curve, Dot, Drawn, Frame, Plane, Scene
from mlcore.datasets import blobs

title = "A boundary between two crowds"
description = (
    "Your function learns to tell two overlapping crowds of 150 points each. The shading is the probability that your "
    "model gives to class 1, the line is where it is one half, and rings mark the points on the wrong side."
)
choices = {
    "lr": ("Learning rate", {"0.02, small": 0.02, "0.5, good": 0.5, "12, too large": 12.0}, "0.5, good"),
}

STEPS, PER_CALL = 100, 1
CENTRES = ((0.4, 0.0), (3.0, 1.6))


def watch(rng, lr):
    X, y = blobs(rng, samples=300, centres=CENTRES, spread=1.0)
    data = Plane(
        "The points and your model", Axis("x₁", -3, 6), Axis("x₂", -3.5, 5), X, y, names=("class 0", "class 1"), side=28
    )
    loss = Curve("The loss at each step", Axis("step", 0, STEPS), "mean log loss")
    right = Curve("Points on the right side", Axis("step", 0, STEPS), "share", limits=(0.0, 1.0))
    yield Scene({"data": data, "loss": loss, "right": right}, ("Loss", "Right"), frames=STEPS // PER_CALL + 1)

    w, b, step = np.array([-1.0, 1.0]), 0.0, 0
    grid = data.grid()
    while True:
        scores = X @ w + b
        now = float(np.logaddexp(0.0, np.where(y == 1, -scores, scores)).mean())
        wrong = np.flatnonzero((scores > 0) != (y == 1))
        share = 1 - len(wrong) / len(y)
        sure = 1 / (1 + np.exp(-np.clip(grid @ w + b, -500, 500)))
        yield Frame(
            f"step {step}",
            {"Loss": now, "Right": f"{share:.1%}"},
            {
                "data": Drawn(region=sure, line=data.boundary(w, b), wrong=wrong),
                "loss": Dot(step, now),
                "right": Dot(step, share),
            },
        )
        if step >= STEPS:
            return f"After {step} steps {share:.1%} of the points are on the right side, and the loss is {now:.3g}."
        w, b = yield Ask({"X": X, "y": y, "w": w, "b": float(b), "lr": lr, "steps": PER_CALL}, shapes=[(2,), ()])
        step += PER_CALL
