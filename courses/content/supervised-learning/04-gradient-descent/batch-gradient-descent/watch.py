import numpy as np

from courses.pictures import Ask, Axis, Curve, Dot, Drawn, Frame, Plane, Scene

title = "A line finds its way through 300 points"
description = (
    "Your function fits a line to 300 points, drawn around a line of slope 0.8 with noise. Every picture is two steps "
    "further: each call starts from the parameters that the last one returned."
)
choices = {
    "lr": ("Learning rate", {"0.02, small": 0.02, "0.3, good": 0.3, "0.55, too large": 0.55}, "0.3, good"),
}

STEPS, PER_CALL = 120, 2
START = np.array([3.2, -0.9])


def watch(rng, lr):
    x = rng.uniform(0.0, 3.0, size=300)
    X, y = np.stack([np.ones_like(x), x], axis=1), 0.5 + 0.8 * x + rng.normal(0.0, 0.4, size=300)
    best = np.linalg.lstsq(X, y)[0]
    data = Plane("The points and your line", Axis("x", 0, 3), Axis("y", -0.5, 4), np.stack([x, y], axis=1))
    way = Plane(
        "Its way to the best parameters",
        Axis("intercept", -1, 4),
        Axis("slope", -1.5, 2),
        [best],
        [1],
        ("", "the best"),
        "yours",
    )
    loss = Curve("The loss at each step", Axis("step", 0, STEPS), "Q(θ)", is_log=True)
    yield Scene({"data": data, "loss": loss, "way": way}, ("Loss", "Intercept", "Slope"), frames=STEPS // PER_CALL + 1)

    theta, step = START, 0
    least = _loss(X, y, best)
    while True:
        now = _loss(X, y, theta)
        yield Frame(
            f"step {step}",
            {"Loss": now, "Intercept": theta[0], "Slope": theta[1]},
            {"data": Drawn(line=data.line(theta[1], theta[0])), "loss": Dot(step, now), "way": Drawn(marks=[theta])},
        )
        if not now < 1e4:
            return (
                f"It runs away: each step overshoots by more than the last one. The loss after {step} steps: {now:.3g}."
            )
        if step >= STEPS:
            return f"After {step} steps the loss is {now:.4g}; the best that any line has is {least:.4g}."
        theta = yield Ask({"X": X, "y": y, "theta": theta, "lr": lr, "steps": PER_CALL}, shapes=[(2,)])
        step += PER_CALL


def _loss(X, y, theta):
    with np.errstate(over="ignore", invalid="ignore"):
        return float(((X @ theta - y) ** 2).mean() / 2)
