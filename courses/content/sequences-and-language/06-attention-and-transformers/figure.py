import numpy as np

from courses.figures import Axes, Drawing, heat_map
from mlcore.numpy.attention import scaled_dot_product_attention

WORDS = ["the", "cat", "saw", "the", "dog"]
KEYS, DRAWS = 16, 400
WIDTHS = [1, 2, 4, 8, 16, 32, 64, 128, 256]
CELL = 58


def draw():
    return {"causal-weights.svg": causal_weights(), "why-the-root.svg": why_the_root()}


def causal_weights():
    drawing = Drawing(
        480,
        390,
        "Attention weights of five words that may not look ahead",
        "A table of 5 by 5 weights. Row by row, each word shares out 1 among itself and the words before it; everything "
        "above the diagonal is 0. The first word can only attend to itself.",
    )
    rng = np.random.default_rng(6)
    q, k, v = rng.normal(size=(3, 5, 8))
    _, weights = scaled_dot_product_attention(q, k, v, np.tril(np.ones((5, 5), dtype=bool)))
    left, top = 120, 72
    drawing.text(left, 24, "keys: what is looked at")
    drawing.text(2, 24, "queries")
    for position, word in enumerate(WORDS):
        drawing.text(left + CELL * (position + 0.5), top - 12, word, "middle")
        drawing.text(left - 12, top + CELL * (position + 0.5) + 6, word, "end")
    heat_map(drawing, (left, top), weights.round(2), CELL)
    return drawing.svg()


def why_the_root():
    drawing = Drawing(
        480,
        360,
        "The largest of 16 attention weights, with and without the scale",
        "Without scaling the largest weight rises from 0.2 at width 1 towards 1 at width 256. Divided by the root "
        "of the width it stays near a quarter for every width.",
    )
    axes = Axes(drawing, (44, 80, 416, 225), (0, 8), (0, 1))
    axes.frame(y_ticks=[0, 0.25, 0.5, 0.75, 1], y_label="mean of the largest weight")
    for place in range(0, 9, 2):
        drawing.text(axes.x(place), 323, str(WIDTHS[place]), "middle", "fig-muted")
    drawing.text(460, 347, "width d_k of queries and keys", "end")
    for series, (label, scaled) in enumerate([("divided by √d_k", True), ("not divided", False)], start=1):
        axes.curve(range(9), [largest_weight(width, scaled=scaled) for width in WIDTHS], series)
        drawing.key(44 + 200 * (series - 1), 24, series, label)
    return drawing.svg()


def largest_weight(width, *, scaled):
    """Draw queries and keys from a standard normal distribution and average the largest weight of each query."""
    rng = np.random.default_rng(width)
    q, k = rng.normal(size=(DRAWS, 1, width)), rng.normal(size=(DRAWS, KEYS, width))
    _, weights = scaled_dot_product_attention(q if scaled else q * np.sqrt(width), k, k)
    return weights.max(axis=-1).mean()
