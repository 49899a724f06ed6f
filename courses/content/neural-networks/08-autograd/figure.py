from courses.figures import Drawing, number
from mlcore.numpy.autograd import Value

WIDTH, HEIGHT = 100, 70
CORNERS = {"a": (2, 10), "b": (2, 104), "c": (2, 198), "d": (128, 88), "e": (252, 152), "y": (376, 66)}
USES = [("a", "d"), ("b", "d"), ("d", "e"), ("c", "e"), ("e", "y"), ("a", "y")]
LABELS = {"a": "a", "b": "b", "c": "c", "d": "d = a · b", "e": "e = d + c", "y": "y = e · a"}


def draw():
    return {"graph.svg": graph()}


def values():
    a, b, c = Value(2), Value(-3), Value(10)
    d = a * b
    e = d + c
    y = e * a
    y.backward()
    return {"a": a, "b": b, "c": c, "d": d, "e": e, "y": y}


def graph():
    drawing = Drawing(
        480,
        280,
        "The graph of y = (a b + c) a with values and gradients",
        "Six boxes. a = 2 goes into d = a b = -6 and into y; b = -3 into d; c = 10 and d into e = d + c = 4; e into "
        "y = e a = 8. The gradients of y are 1 for y, 2 for e, d and c, 4 for b, and 4 - 6 = -2 for a.",
    )
    for source, result in USES:
        (x1, y1), (x2, y2) = CORNERS[source], CORNERS[result]
        drawing.line(x1 + WIDTH, y1 + HEIGHT / 2, x2, y2 + HEIGHT / 2, "fig-axis", width=2)
    for name, value in values().items():
        x, y = CORNERS[name]
        drawing.rectangle(x, y, WIDTH, HEIGHT, "fig-line-2" if name == "a" else "fig-line-1", stroke=2)
        drawing.text(x + WIDTH / 2, y + 20, LABELS[name], "middle")
        drawing.text(x + WIDTH / 2, y + 41, number(value.data), "middle")
        drawing.text(x + WIDTH / 2, y + 62, f"grad {number(value.grad)}", "middle", "fig-muted")
    return drawing.svg()
