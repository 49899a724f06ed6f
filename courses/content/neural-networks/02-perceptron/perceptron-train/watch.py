import numpy as np

from courses.pictures import Ask, Axis, Curve, Dot, Drawn, Frame, Plane, Scene

title = "A line that learns from its mistakes"
description = (
    "Your function sees 120 points one at a time, again and again. The line moves only when an answer is wrong; rings "
    "mark the points that are on the wrong side at that moment. Try both sets of points: one can be separated by a "
    "line, the other cannot."
)
choices = {
    "gap": ("Points", {"a line separates them": 0.03, "no line separates them": -0.3}, "a line separates them"),
    "lr": ("Learning rate", {"0.05": 0.05, "0.5": 0.5}, "0.05"),
}

SAMPLES, EPOCHS, CLOSELY = 120, 24, 3  # in the first epochs every mistake is shown
SLOPE = np.array([0.8, 0.6])  # what tells the classes apart, of length 1


def watch(rng, gap, lr):
    X, y = _points(rng, gap)
    plane = Plane("The points and your line", Axis("x₁", -3, 3), Axis("x₂", -3, 3), X, y, names=("rests", "fires"))
    mistakes = Curve("Mistakes in each epoch", Axis("epoch", 1, EPOCHS), "mistakes")
    yield Scene({"data": plane, "mistakes": mistakes}, ("Mistakes so far", "Right now"), frames=250)

    w, b = np.array([-0.5, 0.6]), 0.3
    shown = 0
    yield _frame("the start", plane, X, y, w, b, shown)
    for epoch in range(1, EPOCHS + 1):
        made = 0
        for n in range(SAMPLES):
            before = np.append(w, b)
            w, b = yield Ask(
                {"X": X[n : n + 1], "y": y[n : n + 1], "w": w, "b": float(b), "lr": lr, "epochs": 1}, shapes=[(2,), ()]
            )
            if not np.array_equal(before, np.append(w, b)):
                made += 1
                shown += 1
                if epoch <= CLOSELY and made <= 70:
                    yield _frame(f"epoch {epoch}, mistake {made}", plane, X, y, w, b, shown)
        yield _frame(f"the end of epoch {epoch}", plane, X, y, w, b, shown, mistakes=Dot(epoch, made))
        if made == 0:
            return f"Epoch {epoch} went by without a mistake: the line separates the classes, and moves no more."
    return f"After {EPOCHS} epochs there are still mistakes, and the line still moves: no line separates these classes."


def _points(rng, gap):
    """Points whose distance from the border of the classes is at least `gap`, on the right side; or overlapping ones."""
    y = np.arange(SAMPLES) % 2
    across = np.where(y == 1, 1, -1) * (gap + np.abs(rng.normal(0.0, 0.9, size=SAMPLES)))
    along = rng.normal(0.0, 1.1, size=SAMPLES)
    X = across[:, None] * SLOPE + along[:, None] * np.array([-SLOPE[1], SLOPE[0]]) + np.array([0.3, -0.2])
    return np.clip(X, -2.9, 2.9), y


def _frame(label, plane, X, y, w, b, shown, **parts):
    wrong = np.flatnonzero((X @ w + b > 0) != (y == 1))
    facts = {"Mistakes so far": shown, "Right now": f"{1 - len(wrong) / len(y):.1%}"}
    return Frame(label, facts, {"data": Drawn(line=plane.boundary(w, b), wrong=wrong), **parts})
