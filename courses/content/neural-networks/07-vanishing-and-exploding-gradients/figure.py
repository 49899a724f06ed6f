import numpy as np

from courses.figures import Axes, Drawing
from mlcore.numpy.normalization import batch_norm_backward

WIDTH, DEPTH, SAMPLES = 50, 30, 40
SCALES = [0.5, 1.0, 2.0]  # of the weights, in units of 1/√fan-in
LEFT, BOX_WIDTH = 60, 400


def draw():
    return {"gradient-by-depth.svg": gradient_by_depth(), "three-paths.svg": three_paths()}


def gradient_lengths(scale, bend, slope):
    """Lengths of the loss's gradient at the input of each layer of a random network, first layer first."""
    rng = np.random.default_rng(0)
    weights = rng.normal(scale=scale / np.sqrt(WIDTH), size=(DEPTH, WIDTH, WIDTH))
    h, slopes = rng.normal(size=(SAMPLES, WIDTH)), []
    for w in weights:
        slopes.append(slope(h @ w))
        h = bend(h @ w)
    gradient, lengths = rng.normal(size=h.shape), []
    for w, local in zip(weights[::-1], slopes[::-1], strict=True):
        gradient = (gradient * local) @ w.T
        lengths.append(np.sqrt((gradient**2).sum(axis=1).mean()))
    return np.array(lengths[::-1])


def gradient_by_depth():
    drawing = Drawing(
        480,
        400,
        "Length of the gradient in a linear network of thirty layers",
        "With weights of half the right size the gradient shrinks by half in each layer and arrives a billion times "
        "smaller; with the right size it keeps its length; with twice the size it grows a billionfold.",
    )
    axes = Axes(drawing, (LEFT, 110, BOX_WIDTH, 220), (1, DEPTH), (-10, 12))
    axes.frame([1, 10, 20, 30], [-8, -4, 0, 4, 8, 12], "layer", "gradient's length, power of 10")
    layers = np.arange(1, DEPTH + 1)
    for series, scale in enumerate(SCALES, start=1):
        lengths = gradient_lengths(scale, bend=lambda z: z, slope=np.ones_like)
        axes.curve(layers, np.log10(lengths), series)
        drawing.key(LEFT + 140 * (series - 1), 24, series, f"scale {scale:g}")
    lengths = gradient_lengths(1.0, bend=np.tanh, slope=lambda z: 1 - np.tanh(z) ** 2)
    axes.curve(layers, np.log10(lengths), 4)
    drawing.key(LEFT, 54, 4, "scale 1, with tanh in between")
    return drawing.svg()


def three_paths():
    drawing = Drawing(
        480,
        310,
        "The gradient of one feature before and after batch normalisation",
        "For five samples, the upstream gradient 3, 1, 2, 0, 4 and what is left of it: its mean and its part along the "
        "normalised inputs are taken out, so that what remains sums to 0.",
    )
    x, dout = np.array([-2.0, -1.0, 0.0, 1.0, 2.0]), np.array([3.0, 1.0, 2.0, 0.0, 4.0])
    dx, _, _ = batch_norm_backward(dout[:, None], x[:, None], np.array([np.sqrt(2)]), np.zeros(1), eps=1e-9)
    axes = Axes(drawing, (LEFT, 70, BOX_WIDTH, 180), (-2.7, 2.7), (-3, 5))
    axes.frame([-2, -1, 0, 1, 2], [-2, 0, 2, 4], "x", "gradient")
    for value, before, after in zip(x, dout, dx[:, 0], strict=True):
        axes.point(value, before, 1, radius=7)
        axes.point(value, after, 2, radius=5)
    drawing.key(LEFT, 24, 1, "dout", bar=True)
    drawing.key(LEFT + 140, 24, 2, "dx", bar=True)
    return drawing.svg()
