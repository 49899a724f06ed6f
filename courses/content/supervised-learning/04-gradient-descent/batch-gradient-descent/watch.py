import numpy as np

from courses.pictures import Ask, Axis, Curve, Dot, Drawn, Frame, Plane, Scene

title = "A line finds its way through 300 points"
description = (
    "Your function fits a line to 300 points, drawn around a line of slope 0.8 with noise. Every picture is one step "
    "further: each call starts from the parameters that the last one returned."
)
choices = {
    "lr": ("Learning rate", {"0.02, small": 0.02, "0.3, good": 0.3, "0.48, too large": 0.48}, "0.3, good"),
}

STEPS = 100
START = np.array([3.2, -0.9])


def watch(rng, lr):
    x = rng.uniform(0.0, 3.0, size=300)
    X, y = np.stack([np.ones_like(x), x], axis=1), 0.5 + 0.8 * x + rng.normal(0.0, 0.4, size=300)
    best = np.linalg.lstsq(X, y)[0]
    data = Plane("The points and your line", Axis("x", 0, 3), Axis("y", -0.5, 4), np.stack([x, y], axis=1))
    intercept, slope = Axis("intercept", -3, 5), Axis("slope", -4, 5)
    way = Plane("The way of the parameters", intercept, slope, [best], [1], ("", "the best"), marks="yours")
    loss = Curve("The loss at each step", Axis("step", 0, STEPS), "Q(θ)", is_log=True)
    yield Scene({"data": data, "loss": loss, "way": way}, ("Loss", "Intercept", "Slope"), frames=STEPS + 1)

    theta = START
    for step in range(STEPS + 1):
        now = _loss(X, y, theta)
        yield Frame(
            f"step {step}",
            {"Loss": now, "Intercept": theta[0], "Slope": theta[1]},
            {"data": Drawn(line=data.line(theta[1], theta[0])), "loss": Dot(step, now), "way": Drawn(marks=[theta])},
        )
        if step < STEPS:
            theta = yield Ask({"X": X, "y": y, "theta": theta, "lr": lr, "steps": 1}, shapes=[(2,)])
    if now > _loss(X, y, START):
        return f"It runs away: each step overshoots by more than the last one. The loss after {STEPS} steps: {now:.4g}."
    return f"After {STEPS} steps the loss is {now:.4g}; the best that any line has is {_loss(X, y, best):.4g}."


def _loss(X, y, theta):
    return float(((X @ theta - y) ** 2).mean() / 2)
