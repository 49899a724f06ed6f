"""Gradients beside the loss that they belong to: what is said, and that only the reference decides."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.task_format import CheckSpec
from grader.judge.cases import Case
from grader.judge.comparison import Rules
from grader.judge.gradients import Slopes, nudged, own_loss_words, ratio_words, slopes
from grader.judge.kinds import KINDS, Answer
from grader.sandbox import CallResult

RULES = Rules(rtol=1e-6, atol=1e-9)
seeds = st.integers(0, 2**32 - 1)


def found(f, x, seed=0):
    """Return the slopes of `f` at `x`."""
    case = Case("c", "sample", {"x": x})
    inputs = [case.inputs, *nudged(case, "x", np.random.default_rng(seed))]
    return slopes([each["x"] for each in inputs], [f(each["x"]) for each in inputs])


def smooth(seed):
    """Return a random smooth function of any array, and its gradient."""
    rng = np.random.default_rng(seed)
    a, b, c = rng.normal(size=3)
    scale = 10.0 ** rng.uniform(-4, 4)

    def loss(x):
        return scale * (a * np.sin(b * x) + 0.5 * x**2 + c * x + np.tanh(x)).mean()

    def gradient(x):
        return scale * (a * b * np.cos(b * x) + x + c + 1 - np.tanh(x) ** 2) / x.size

    return loss, gradient


def drawn(seed):
    rng = np.random.default_rng([seed, 1])
    return rng.normal(size=tuple(rng.integers(1, 5, rng.integers(0, 4)))) * 10.0 ** rng.uniform(-3, 1)


@given(seeds)
@settings(deadline=None)
def test_the_gradient_of_a_smooth_loss_always_fits_it(seed):
    loss, gradient = smooth(seed)
    x = drawn(seed)
    assert found(loss, x, seed).fit(gradient(x))


@given(seeds, st.sampled_from(["twice", "half", "sign", "batch", "one entry", "transposed"]))
@settings(deadline=None)
def test_another_gradient_that_can_be_told_apart_never_fits(seed, mistake):
    loss, gradient = smooth(seed)
    x = drawn(seed)
    right = gradient(x)
    wrong = {
        "twice": right * 2,
        "half": right / 2,
        "sign": -right,
        "batch": right * 7,
        "one entry": right + (np.arange(right.size).reshape(right.shape) == 0) * np.abs(right).max(initial=1.0),
        "transposed": right[::-1] if right.ndim else right + 1,
    }[mistake]
    beside = found(loss, x, seed)
    assert not (beside.tell_apart(wrong, right) and beside.fit(wrong))


def judged(loss, gradient, x, seed, got, nudged_losses=None):
    """Return what the kind `gradient` finds where `got` came back beside the losses of `loss`, or those given."""
    task = SimpleNamespace(outputs=("loss", "dx"), allow_float32=True, exact_shapes=False)
    check = CheckSpec("c", "gradient", 1, output="dx", wrt="x", loss="loss")
    case = Case("c", "sample", {"x": x})
    moved = nudged(case, "x", np.random.default_rng(seed))
    losses = nudged_losses or [loss(inputs["x"]) for inputs in moved]
    aside = [(inputs, CallResult(value=(each, got))) for inputs, each in zip(moved, losses, strict=True)]
    answer = Answer(case, CallResult(value=(loss(x), got)), (loss(x), gradient(x)), nudged=aside)
    return KINDS["gradient"].judge(task, check, answer)


@given(seeds)
@settings(deadline=None)
def test_a_right_gradient_of_a_smooth_loss_is_never_rejected_nor_remarked_upon(seed):
    loss, gradient = smooth(seed)
    x = drawn(seed)
    assert judged(loss, gradient, x, seed, gradient(x)) is None


@given(seeds, st.sampled_from([2.0, 0.5, -1.0, 0.0, 1.01, np.nan]))
@settings(deadline=None)
def test_a_wrong_one_never_passes_nor_is_called_that_of_the_loss(seed, factor):
    loss, gradient = smooth(seed)
    x = drawn(seed)
    if np.abs(gradient(x)).max() > 1e-3:
        found = judged(loss, gradient, x, seed, gradient(x) * factor)
        assert found.fails
        assert "this is the gradient of the loss" not in found.message


odd = st.floats() | st.none() | st.text(max_size=3) | st.lists(st.floats(), max_size=2)


@given(seeds, odd, odd)
@settings(deadline=None)
def test_whatever_the_loss_does_beside_the_case_the_reference_decides(seed, ahead, back):
    loss, gradient = smooth(seed)
    x = drawn(seed)
    right = judged(loss, gradient, x, seed, gradient(x), [ahead, back])
    assert right is None or not right.fails
    assert judged(loss, gradient, x, seed, gradient(x) + 1 + abs(gradient(x)), [ahead, back]).fails


@pytest.mark.parametrize("wrong", [lambda g: g * 2, lambda g: -g, lambda g: g * 4, lambda g: g * 0, lambda g: g + 1])
def test_the_usual_mistakes_can_be_told_apart(wrong):
    loss, gradient = smooth(3)
    x = np.random.default_rng(5).normal(size=(4, 3))
    beside = found(loss, x)
    assert beside.tell_apart(wrong(gradient(x)), gradient(x))
    assert not beside.fit(wrong(gradient(x)))


def test_at_a_kink_every_slope_between_the_two_sides_fits():
    x = np.zeros(3)
    beside = found(lambda x: np.maximum(x, 0).sum(), x)
    for subgradient in (0.0, 0.5, 1.0):
        assert beside.fit(np.full(3, subgradient))
    assert not beside.fit(np.full(3, 1.0) * np.sign(beside.step) * 2)


@given(seeds)
@settings(deadline=None)
def test_next_to_a_kink_the_gradient_of_either_side_fits(seed):
    rng = np.random.default_rng(seed)
    x = np.array([rng.uniform(-1, 1) * 6e-9])
    beside = found(lambda x: np.abs(x).sum(), x, seed)
    assert beside.fit(np.sign(x))


def test_large_inputs_that_cancel_leave_rounding_and_no_words():
    logits = np.array([[1000.0, -1000.0, 990.0]])

    def loss(z):
        shifted = z - z.max()
        return float(np.log(np.exp(shifted).sum()) - shifted[0, 0])

    probabilities = np.exp(logits - 1000) / np.exp(logits - 1000).sum()
    assert found(loss, logits).fit(probabilities - [[1.0, 0.0, 0.0]])


def test_a_loss_that_bends_as_much_to_both_sides_leaves_a_slack():
    x = np.array([2.0, 4.0]) * np.pi  # points of inflection
    assert found(lambda x: np.sin(50 * x).sum(), x).fit(50 * np.cos(50 * x))
    assert Slopes(np.ones(2), 1e-4, 1e-4, 0.0).fit(np.array([1.0, -1.0]))  # where the slopes of the entries cancel


@given(seeds)
@settings(deadline=None)
def test_a_loss_without_curvature_leaves_rounding(seed):
    rng = np.random.default_rng(seed)
    x, slope, offset = rng.normal(size=5), rng.normal(size=5), rng.normal() * 1e6
    for number in (float, np.float32, lambda loss: float(np.float32(loss))):
        assert found(lambda x, number=number: number(x @ slope + offset), x, seed).fit(slope)


@pytest.mark.parametrize("loss", [np.nan, np.inf, None, "3", [1.0, 2.0], 1j])
def test_what_is_no_loss_tells_nothing(loss):
    assert found(lambda _x: loss, np.ones(2)) is None


@pytest.mark.parametrize("value", [3, np.arange(3), np.ones(3, np.float32), [1.0, 2.0], {"w": np.ones(2)}, None])
def test_what_is_not_float64_is_not_moved(value):
    assert nudged(Case("c", "sample", {"x": value}), "x", np.random.default_rng(0)) == ()


def test_moved_inputs_are_as_before_but_for_one_and_lie_on_both_sides():
    x = np.array([[1.0, -np.inf, 200.0]])
    ahead, back = nudged(Case("c", "sample", {"x": x, "y": 3}), "x", np.random.default_rng(0))
    assert ahead["y"] == back["y"] == 3
    assert (ahead["x"] + back["x"]) / 2 == pytest.approx(x, rel=1e-15)
    moved = np.abs(ahead["x"][x > 0] - x[x > 0])
    assert np.all((moved > 2e-5) & (moved < 1e-4))
    assert ahead["x"][0, 1] == -np.inf
    assert nudged(Case("c", "sample", {"x": 2.0}), "x", np.random.default_rng(0))[0]["x"] != 2.0


X = np.array([[1.0, 2.0], [3.0, -1.0]])
WORDS = {
    (True, True): "The loss is right in this case, and this is the gradient of the loss that your code returns: around",
    (True, False): "The loss is right, but this is not its gradient.",
    (False, True): "This is the gradient of the loss that your code returns, but that loss is wrong.",
    (False, False): "The loss is wrong too, and this is not the gradient of it either.",
}


@pytest.mark.parametrize("case", WORDS)
def test_each_way_of_being_wrong_has_its_own_words(case):
    loss_is_right, fits = case
    got = 2 * X if fits else 3 * X
    words = own_loss_words(found(lambda x: (x**2).sum(), X), got, X, "x", loss_is_right=loss_is_right)
    assert words.startswith(WORDS[case])


def test_a_step_along_which_both_are_the_same_still_tells_that_neither_belongs_to_another_loss():
    beside = Slopes(np.array([1e-6, 1e-6]), 9e-6, 9e-6, 0.0)
    words = own_loss_words(beside, np.array([1.0, 2.0]), np.array([2.0, 1.0]), "x", loss_is_right=False)
    assert words == WORDS[False, False]


def test_a_difference_that_no_step_shows_has_no_words():
    beside = found(lambda x: (x**2).sum(), X)
    assert own_loss_words(beside, 2 * X * (1 + 1e-5), 2 * X, "x", loss_is_right=True) == ""


@pytest.mark.parametrize(
    ("factor", "said"),
    [
        (-1, "Every entry has the opposite sign."),
        (2, "Every entry is twice what it should be."),
        (0.5, "Every entry is half of what it should be."),
        (4, "Every entry is 4 times what it should be; 4 is the size of the batch."),
        (0.25, "Every entry is 1/4 of what it should be; 4 is the size of the batch."),
        (6, "Every entry is 6 times what it should be; 6 is the number of elements of w."),
        (3, ""),
        (1.0001, ""),
    ],
)
def test_a_factor_with_a_meaning_is_named(factor, said):
    case = Case("c", "sample", {"x": np.ones((4, 3)), "w": np.ones((3, 2))})
    want = np.array([[1.0, -2.0], [0.0, 3e-5], [7.0, 1e3]])
    assert ratio_words(factor * want, want, case, "w", RULES) == said
    assert ratio_words(np.zeros(2), np.zeros(2), case, "w", RULES) == ""
    assert ratio_words(np.array([factor, 0.0]), np.array([1.0, 0.0]), case, "w", RULES) == ""


def test_an_empty_batch_has_no_factor():
    case = Case("c", "sample", {"x": np.ones((0, 3)), "w": np.ones(3)})
    assert ratio_words(np.array([3.0, 6.0, 9.0]), np.ones(3), case, "w", RULES) == ""


def test_a_batch_of_two_is_said_with_twice():
    case = Case("c", "sample", {"x": np.ones((2, 3))})
    said = ratio_words(np.array([2.0, 4.0]), np.array([1.0, 2.0]), case, "x", RULES)
    assert said == "Every entry is twice what it should be; 2 is the size of the batch."
